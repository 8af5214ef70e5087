using Microsoft.Data.Sqlite;

namespace PrivacyFunctions.LocalHost.Storage;

/// <summary>
/// The engine's SQLite file. One writer at a time, readers beside it (WAL). With synchronous=NORMAL a commit survives the
/// death of the process (kill -9), because the operating system holds the written pages; a power cut may lose the last
/// commits, never the file's consistency, and what they had started is started again.
/// </summary>
/// <remarks>
/// While it is open, a lock file beside it keeps every other process out. The system frees that lock when the process
/// dies, however it dies, so leases found at the next start belong to nobody.
/// </remarks>
internal sealed class Database(string path) : IDisposable
{
    private readonly Lock _writing = new();
    private SqliteConnection? _writer;
    private FileStream? _ownership;

    /// <summary>Opens the file, brings its schema up to date, and frees the leases of a process that died.</summary>
    /// <exception cref="IOException">Another process has it open.</exception>
    public void Open(DateTimeOffset now)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _ownership = TakeOwnership();
        _writer = Connect();
        Execute(_writer, "PRAGMA journal_mode=WAL");
        Execute(_writer, "PRAGMA synchronous=NORMAL"); // a matter of this connection, and only it writes
        Schema.Upgrade(_writer, now);
        Execute(_writer, "UPDATE Instances SET lockToken = NULL, lockUntil = NULL WHERE lockToken IS NOT NULL");
        Execute(_writer, "UPDATE NewTasks SET lockToken = NULL, lockUntil = NULL WHERE lockToken IS NOT NULL");
    }

    /// <summary>Runs a query.</summary>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        DemandOpen();
        using var connection = Connect();
        return query(connection);
    }

    /// <summary>Runs statements as one transaction: all of them, or on an exception none.</summary>
    public T Write<T>(Func<SqliteTransaction, T> statements)
    {
        lock (_writing)
        {
            using var transaction = DemandOpen().BeginTransaction(deferred: false);
            var result = statements(transaction);
            transaction.Commit();
            return result;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing)
        {
            if (_writer is not null)
                SqliteConnection.ClearPool(_writer);
            _writer?.Dispose();
            _writer = null;
            _ownership?.Dispose();
            _ownership = null;
        }
    }

    private SqliteConnection DemandOpen() =>
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

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
