using Dapper;

namespace PrivacyFunctions.LocalHost.Storage;

/// <summary>A durable timer, or a delayed start, that waits.</summary>
internal sealed record WaitingTimer(string InstanceId, string Orchestrator, DateTimeOffset At);

/// <summary>What waits in a span of time.</summary>
/// <param name="First">The earliest ones, in order of their instants.</param>
/// <param name="InAll">How many there are.</param>
internal sealed record WaitingTimers(IReadOnlyList<WaitingTimer> First, int InAll)
{
    /// <summary>Reads what becomes due after an instant and until another, that one included.</summary>
    public static WaitingTimers Read(Database database, DateTimeOffset after, DateTimeOffset until, int limit) =>
        database.Read(connection =>
        {
            var span = new { after = after.UtcTicks, until = until.UtcTicks, limit };
            var first = connection.Query<(long At, string Id, string Name)>(
                """
                SELECT DISTINCT e.visibleAt, e.id, i.name FROM NewEvents e CROSS JOIN Instances i ON i.id = e.id
                WHERE e.visibleAt > @after AND e.visibleAt <= @until ORDER BY e.visibleAt, e.id LIMIT @limit
                """,
                span);
            var inAll = connection.ExecuteScalar<int>(
                """
                SELECT count(*) FROM (
                    SELECT DISTINCT visibleAt, id FROM NewEvents WHERE visibleAt > @after AND visibleAt <= @until)
                """,
                span);
            return new WaitingTimers(
                [.. first.Select(row => new WaitingTimer(row.Id, row.Name, Instant.FromTicks(row.At)))], inAll);
        });
}
