using Microsoft.Data.Sqlite;

namespace PrivacyFunctions.Tests.Workload;

/// <summary>The world outside the engine: what was done, and how often, in a SQLite file of its own.</summary>
internal sealed class Ledger : IDisposable
{
    private readonly Lock _one = new();
    private readonly SqliteConnection _connection;

    public Ledger(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL");
        Execute("CREATE TABLE IF NOT EXISTS Done (key TEXT PRIMARY KEY, times INTEGER NOT NULL)");
    }

    public void Add(string key) => Execute("INSERT INTO Done VALUES ($key, 1) ON CONFLICT (key) DO UPDATE SET times = times + 1", key);

    public bool Has(string key) => Times(key) > 0;

    public long Times(string key) => (long)Execute("SELECT coalesce(sum(times), 0) FROM Done WHERE key = $key", key)!;

    /// <summary>After a power cut nothing is sure that the engine acknowledged last: it is asked for again.</summary>
    public void ForgetWhatTheEngineSaid() => Execute(
        """
        DELETE FROM Done WHERE key LIKE 'started %' OR key LIKE 'suspended %' OR key LIKE 'told %' OR key LIKE 'resumed %'
        """);

    public void Dispose() => _connection.Dispose();

    private object? Execute(string sql, string key = "")
    {
        lock (_one)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.Parameters.AddWithValue("$key", key);
            return command.ExecuteScalar();
        }
    }
}
