using System.Collections.Concurrent;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// The engine's SQLite file. One writer at a time, readers beside it (WAL). With synchronous=NORMAL a commit survives the
/// death of the process (kill -9), because the operating system holds the written pages; a power cut may lose the last
/// commits, never the file's consistency, and what they had started is started again.
/// </summary>
/// <remarks>
/// While it is open, a lock file beside it keeps every other process out. The system frees that lock when the process
/// dies, however it dies. So what runs is known in memory alone: at a start nothing runs.
/// </remarks>
internal sealed class Database(string path) : IDisposable
{
    private readonly Lock _writing = new();
    private readonly ConcurrentBag<Connection> _readers = [];
    private Connection? _writer;
    private FileStream? _ownership;
    private Numbers? _numbers;

    /// <summary>Hears of each commit before the next one can begin.</summary>
    public Action<Transaction> Committed { get; set; } = _ => { };

    /// <summary>Opens the file and brings its schema up to date.</summary>
    /// <exception cref="IOException">Another process has it open.</exception>
    /// <exception cref="StartUp.StartUpProblem">Another version of this program has written it.</exception>
    public void Open(DateTimeOffset now)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _ownership = TakeOwnership();
        _writer = new Connection(path);
        _writer.Run("PRAGMA journal_mode=WAL");
        _writer.Run("PRAGMA synchronous=NORMAL"); // a matter of this connection, and only it writes
        Schema.Upgrade(_writer, Path.GetFileName(path), now);
        _numbers = new Numbers(
            _writer.Scalar<long>("SELECT max(execution) FROM Instances"),
            Math.Max(
                _writer.Scalar<long>("SELECT max(seq) FROM NewEvents"), _writer.Scalar<long>("SELECT max(seq) FROM NewTasks")));
    }

    /// <summary>Runs a query.</summary>
    public T Read<T>(Func<Connection, T> query)
    {
        DemandOpen();
        var connection = _readers.TryTake(out var idle) ? idle : new Connection(path);
        try
        {
            return query(connection);
        }
        finally
        {
            _readers.Add(connection);
        }
    }

    /// <summary>Runs statements as one transaction: all of them, or on an exception none.</summary>
    public T Write<T>(Func<Transaction, T> statements)
    {
        lock (_writing)
        {
            var connection = DemandOpen();
            var transaction = new Transaction(connection, _numbers!);
            connection.Execute("BEGIN IMMEDIATE");
            T result;
            try
            {
                result = statements(transaction);
                connection.Execute("COMMIT");
            }
            catch
            {
                connection.RollBack();
                throw;
            }

            Committed(transaction);
            return result;
        }
    }

    /// <summary>Asks something while no commit can change the answer.</summary>
    public T Hold<T>(Func<Connection, T> query)
    {
        lock (_writing)
            return query(DemandOpen());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing)
        {
            while (_readers.TryTake(out var reader))
                reader.Dispose();
            _writer?.Dispose();
            _writer = null;
            _ownership?.Dispose();
            _ownership = null;
        }
    }

    private Connection DemandOpen() =>
        _writer ?? throw new InvalidOperationException("The durable engine is not running: start it first.");

    private FileStream TakeOwnership()
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new IOException($"The durable engine's database {Path.GetFileName(path)} is in use by another process.", taken);
        }
    }
}
