using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Exports;

/// <summary>
/// Until when packages may be kept, in the order of their ends. Written before a package is offered, and checked against the case
/// by whoever reads it, so that none is kept for longer because something else waits.
/// </summary>
internal sealed class PackageEnds(RecordStorage storage)
{
    private const string Table = "privacyPackages";
    private const string Partition = "end";
    private const string Format = "yyyyMMdd'T'HHmmss";

    /// <summary>Notes the end of the package that the decision offers; nothing if it offers none.</summary>
    public async Task AddAsync(CaseId id, Decision offer, CancellationToken cancellation)
    {
        foreach (var offered in (offer as Decision.Change)?.Facts.OfType<CaseFact.ExportOffered>() ?? [])
            await (await storage.TableAsync(Table)).UpsertEntityAsync(
                new TableEntity(Partition, $"{Text(offered.Until)}-{id}"), TableUpdateMode.Replace, cancellation);
    }

    /// <summary>Those whose end has come by that legal instant, the earliest first.</summary>
    public async IAsyncEnumerable<PackageEnd> DueAsync(
        DateTimeOffset legalNow, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey lt {Text(legalNow)}");
        await foreach (var row in (await storage.TableAsync(Table))
            .QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
            yield return new(row.RowKey, CaseId.Parse(row.RowKey[(row.RowKey.IndexOf('-', StringComparison.Ordinal) + 1)..]));
    }

    /// <summary>Its package is gone.</summary>
    public async Task RemoveAsync(PackageEnd end, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).DeleteEntityAsync(Partition, end.Key, ETag.All, cancellation);

    private static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}

/// <summary>An entry of the list.</summary>
internal sealed record PackageEnd(string Key, CaseId Case);
