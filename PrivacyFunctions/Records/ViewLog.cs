using System.Globalization;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Records;

/// <summary>Who saw whose data and when (C-ACCESS). Rows are only added; they hold no personal data.</summary>
internal sealed class ViewLog(RecordStorage storage, TimeProvider time)
{
    private const string Table = "privacyViews";

    /// <summary>Whether somebody has seen it.</summary>
    public async Task<bool> HasSeenAsync(CaseId id, string viewer, string what, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {id.Value} and Viewer eq {viewer} and What eq {what}");
        return await (await storage.TableAsync(Table))
            .QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation).AnyAsync(cancellation);
    }

    /// <summary>Notes a view before it happens.</summary>
    public async Task AddAsync(CaseId id, string viewer, string what, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var key = string.Create(CultureInfo.InvariantCulture, $"{now.UtcTicks:D19}-{Guid.NewGuid():N}");
        await (await storage.TableAsync(Table)).AddEntityAsync(
            new TableEntity(id.Value, key) { ["Viewer"] = viewer, ["What"] = what, ["At"] = now }, cancellation);
    }
}
