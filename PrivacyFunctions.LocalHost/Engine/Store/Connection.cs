using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// A connection that prepares each statement once. A statement's values are given in the same order every time. It is one
/// thread's at a time.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    public Connection(string path)
    {
        _connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
    }

    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Prepare(sql, values).ExecuteNonQuery();

    /// <returns>The first column of the first row; <c>default</c> when there is no row or it is NULL.</returns>
    public T? Scalar<T>(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        return reader.Read() && !reader.IsDBNull(0) ? reader.GetFieldValue<T>(0) : default;
    }

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Runs a script of several statements, once.</summary>
    public void Run(string script)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = script;
        command.ExecuteNonQuery();
    }

    /// <summary>Takes back what is not committed. A failed COMMIT may have done so already.</summary>
    public void RollBack()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            Execute("ROLLBACK");
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, _) in values)
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            _prepared.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
        return command;
    }
}
