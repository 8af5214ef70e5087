using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.LocalHost.Storage;

/// <summary>Deletes finished instances from all tables, in one transaction.</summary>
internal sealed class PurgeStore(Database database)
{
    private const string Tree =
        """
        WITH RECURSIVE Tree (id, status) AS (
            SELECT id, status FROM Instances WHERE id = @id
            UNION
            SELECT child.id, child.status FROM Instances child JOIN Tree ON child.parent = Tree.id WHERE @recursive)
        """;

    /// <summary>Deletes an instance, with its descendants if recursive.</summary>
    /// <returns>How many; 0 when there is none of that id.</returns>
    /// <exception cref="InvalidOperationException">One of them is unfinished; nothing is deleted then.</exception>
    public int Purge(string id, bool recursive) => database.Write(transaction =>
    {
        var unfinished = transaction.Scalar<string?>(
            $"{Tree} SELECT id FROM Tree WHERE {InstanceStatus.IsUnfinished} LIMIT 1", new { id, recursive });
        return unfinished is null
            ? Remove(transaction, id, recursive)
            : throw new InvalidOperationException($"Instance '{unfinished}' has not finished, so it cannot be purged.");
    });

    /// <summary>Deletes all finished instances that the filter takes, and if recursive their finished descendants.</summary>
    /// <returns>How many.</returns>
    public int PurgeAll(PurgeInstancesFilter filter, bool recursive) => database.Write(transaction =>
    {
        var ids = transaction.Query<string>(
            $"""
            SELECT id FROM Instances
            WHERE {InstanceStatus.IsFinished} AND (@anyStatus OR status IN @statuses)
                AND (@from IS NULL OR created >= @from) AND (@to IS NULL OR created <= @to)
            """,
            new
            {
                anyStatus = filter.Statuses is null || !filter.Statuses.Any(),
                statuses = (filter.Statuses ?? []).Select(status => (int)status).ToList(),
                from = filter.CreatedFrom?.UtcTicks,
                to = filter.CreatedTo?.UtcTicks,
            });
        return ids.Sum(id => Remove(transaction, id, recursive));
    });

    private static int Remove(SqliteTransaction transaction, string id, bool recursive)
    {
        var ids = transaction.Query<string>(
            $"{Tree} SELECT id FROM Tree WHERE {InstanceStatus.IsFinished}", new { id, recursive });
        foreach (var each in ids)
            transaction.Remove(each);
        return ids.Count;
    }
}
