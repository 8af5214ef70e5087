using Microsoft.DurableTask.Protobuf;

namespace PrivacyFunctions.LocalHost.Engine;

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
    public int Purge(string id, bool recursive) => database.Write(transaction => Purge(transaction, id, recursive));

    /// <summary>Deletes several, all or none of them.</summary>
    /// <inheritdoc cref="Purge(string, bool)" path="/returns|/exception"/>
    public int Purge(IReadOnlyCollection<string> ids, bool recursive) =>
        database.Write(transaction => ids.Sum(id => Purge(transaction, id, recursive)));

    /// <summary>Deletes all finished instances that the filter takes, and if recursive their finished descendants.</summary>
    /// <returns>How many.</returns>
    public int PurgeAll(PurgeInstanceFilter filter, bool recursive) => database.Write(transaction =>
    {
        var ids = transaction.Query(
            $"""
            SELECT id FROM Instances
            WHERE {InstanceStatus.IsFinished}
                AND (@statuses IS NULL OR status IN (SELECT value FROM json_each(@statuses)))
                AND (@from IS NULL OR created >= @from) AND (@to IS NULL OR created <= @to)
            """,
            row => row.GetString(0),
            ("@statuses", InstanceStore.ToJson(filter.RuntimeStatus)),
            ("@from", filter.CreatedTimeFrom?.ToTicks()),
            ("@to", filter.CreatedTimeTo?.ToTicks()));
        return ids.Sum(id => Remove(transaction, id, recursive));
    });

    private static int Purge(Transaction transaction, string id, bool recursive)
    {
        var unfinished = transaction.Scalar<string?>(
            $"{Tree} SELECT id FROM Tree WHERE {InstanceStatus.IsUnfinished} LIMIT 1",
            ("@id", id), ("@recursive", recursive ? 1 : 0));
        return unfinished is null
            ? Remove(transaction, id, recursive)
            : throw new InvalidOperationException(
                "Only orchestrations in a terminal state can be purged, but the orchestration with instance ID "
                + $"{unfinished} has not finished.");
    }

    private static int Remove(Transaction transaction, string id, bool recursive)
    {
        var ids = transaction.Query(
            $"{Tree} SELECT id FROM Tree WHERE {InstanceStatus.IsFinished}",
            row => row.GetString(0),
            ("@id", id), ("@recursive", recursive ? 1 : 0));
        foreach (var each in ids)
            transaction.Remove(each);
        return ids.Count;
    }
}
