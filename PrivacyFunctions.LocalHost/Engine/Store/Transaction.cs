using Microsoft.Data.Sqlite;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// Statements that hold together, and what is to be done about them once they are committed: nothing of that is heard of when
/// they are not.
/// </summary>
internal sealed class Transaction(Connection connection, Numbers numbers)
{
    /// <summary>Executions that have a message to read now.</summary>
    public List<long> Woken { get; } = [];

    /// <summary>Activities to run.</summary>
    public List<long> NewTasks { get; } = [];

    /// <summary>Instances whose status may have changed.</summary>
    public List<string> Moved { get; } = [];

    /// <summary>The earliest instant of a message that lies in the future, in ticks.</summary>
    public long? EarliestLater { get; private set; }

    public Numbers Numbers => numbers;

    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => connection.Execute(sql, values);

    public T? Scalar<T>(string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        connection.Scalar<T>(sql, values);

    public List<T> Query<T>(
        string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values) =>
        connection.Query(sql, read, values);

    /// <summary>There is a message for later.</summary>
    public void NoteLater(long visibleAt) => EarliestLater = Math.Min(visibleAt, EarliestLater ?? long.MaxValue);
}

/// <summary>
/// Numbers that are never given twice while the process lives, the next ones after those in the database. Only the database's
/// one writer takes them.
/// </summary>
internal sealed class Numbers(long execution, long seq)
{
    private long _execution = execution;
    private long _seq = seq;

    /// <summary>For an execution.</summary>
    public long NextExecution() => ++_execution;

    /// <summary>For a message or an activity: a later one has a greater number.</summary>
    public long NextSeq() => ++_seq;
}
