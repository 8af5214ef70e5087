namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// What becomes due of itself: timers and delayed starts. A timer's row goes when it has been read, when its instance ends and
/// when it continues as new.
/// </summary>
/// <remarks>
/// The protocol does not report that an orchestrator cancelled a timer, so a cancelled one stays until it fires and is ignored,
/// or until its instance ends. Until then it is announced like any other: it cannot be told apart without running the code.
/// </remarks>
internal sealed class TimerStore(Database database)
{
    /// <summary>Executions with a message that came due in a span of time, the earliest first, the end included.</summary>
    public IReadOnlyList<long> Due(long after, long until) => database.Read(connection => connection.Query(
        """
        SELECT execution FROM NewEvents WHERE later = 1 AND visibleAt > @after AND visibleAt <= @until ORDER BY visibleAt, seq
        """,
        row => row.GetInt64(0),
        ("@after", after), ("@until", until)));

    /// <summary>Executions that have a message to read at that instant, the earliest first: what a start begins with.</summary>
    public IReadOnlyList<long> AllDue(DateTimeOffset now) => database.Read(connection => connection.Query(
        "SELECT execution FROM NewEvents WHERE later = 0 OR visibleAt <= @now GROUP BY execution ORDER BY min(visibleAt), min(seq)",
        row => row.GetInt64(0),
        ("@now", now.UtcTicks)));

    /// <summary>The earliest instant after that one; held ones included, since nothing wakes for them but a look.</summary>
    public DateTimeOffset? Next(DateTimeOffset now) => Read(
        "SELECT min(visibleAt) FROM NewEvents WHERE later = 1 AND visibleAt > @now", now);

    /// <summary>The earliest instant after that one at which something will be done: no suspension holds it.</summary>
    public DateTimeOffset? NextDue(DateTimeOffset now) => Read(
        $"""
        SELECT visibleAt FROM NewEvents WHERE later = 1 AND visibleAt > @now AND NOT {InstanceStatus.IsHeld}
        ORDER BY visibleAt LIMIT 1
        """,
        now);

    /// <summary>Whether one that no suspension holds has come due and has not been read.</summary>
    public static bool IsAnyDue(Connection connection, DateTimeOffset now) => connection.Scalar<long?>(
        $"SELECT 1 FROM NewEvents WHERE later = 1 AND visibleAt <= @now AND NOT {InstanceStatus.IsHeld} LIMIT 1",
        ("@now", now.UtcTicks)) is not null;

    /// <summary>What becomes due after an instant and until another, that one included.</summary>
    public WaitingTimers Read(DateTimeOffset after, DateTimeOffset until, int limit) => database.Read(connection =>
    {
        var first = connection.Query(
            """
            SELECT DISTINCT e.visibleAt, i.id, i.name FROM NewEvents e CROSS JOIN Instances i ON i.execution = e.execution
            WHERE e.later = 1 AND e.visibleAt > @after AND e.visibleAt <= @until ORDER BY e.visibleAt, i.id LIMIT @limit
            """,
            row => new WaitingTimer(row.GetString(1), row.GetString(2), Instant.FromTicks(row.GetInt64(0))),
            ("@after", after.UtcTicks), ("@until", until.UtcTicks), ("@limit", limit));
        var inAll = connection.Scalar<long>(
            """
            SELECT count(*) FROM (
                SELECT DISTINCT visibleAt, execution FROM NewEvents
                WHERE later = 1 AND visibleAt > @after AND visibleAt <= @until)
            """,
            ("@after", after.UtcTicks), ("@until", until.UtcTicks));
        return new WaitingTimers(first, (int)inAll);
    });

    private DateTimeOffset? Read(string sql, DateTimeOffset now) => database.Read(connection =>
        connection.Scalar<long?>(sql, ("@now", now.UtcTicks)) is { } ticks ? Instant.FromTicks(ticks) : (DateTimeOffset?)null);
}
