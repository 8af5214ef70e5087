using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>
/// Data sets in Azure Blobs whose records have a document, which dates all files of its record. Each document is read; the
/// files are not.
/// </summary>
internal sealed class BlobDates(CompanyStorage storage) : IDatedSource
{
    // Nobody else's: what a crash left leased is found leased by us, and gone on with.
    private static readonly string Lease = new Guid("6b1c1d4e-0a57-4c0e-9a35-5f2f7a3c8e21").ToString();
    private static readonly TimeSpan LeaseLife = TimeSpan.FromSeconds(60); // the longest that ends by itself
    private const int FilesALease = 100;
    private static readonly object Unreadable = new();

    /// <inheritdoc/>
    public bool Reaches(DataSet set) => set.Store is StoreLocation.Blobs;

    public async Task<DatedPage> PageAsync(
        DataSet set, IReadOnlyList<string> columns, string? place, int size, CancellationToken cancellation)
    {
        var container = storage.Container(set);
        var page = await container.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, cancellation)
            .AsPages(place, Math.Min(size, DatedPage.SmallSize)).FirstOrDefaultAsync(cancellation);
        var records = (page?.Values ?? []).Select(blob => blob.Name).GroupBy(name => DocumentOf(set, name)).ToList();
        var items = await Bounded.SelectAsync(records, (record, stop) => ItemsAsync(container, record, columns, stop), cancellation);
        return new([.. items.SelectMany(some => some)], page?.ContinuationToken is { Length: > 0 } next ? next : null);
    }

    /// <summary>
    /// The document goes last, since it says that the files are past their end; a lease keeps it as it was read until then.
    /// </summary>
    public async Task<SweptItem> EraseAsync(DataSet set, DatedItem item, CancellationToken cancellation)
    {
        var container = storage.Container(set);
        var document = container.GetBlobClient(item.Key.Value);
        var lease = document.GetBlobLeaseClient(Lease);
        try
        {
            await lease.AcquireAsync(LeaseLife, new RequestConditions { IfMatch = new ETag(item.Version!) }, cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 409 or 412)
        {
            return failure.Status == 404 ? SweptItem.WasGone : SweptItem.Changed;
        }

        var folder = item.Key.Value[..(item.Key.Value.LastIndexOf('/') + 1)];
        var files = 0;
        await foreach (var file in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, folder, cancellation))
        {
            if (file.Name == item.Key.Value) continue;
            if (++files % FilesALease == 0) await lease.RenewAsync(cancellationToken: cancellation);
            await container.DeleteBlobIfExistsAsync(file.Name, DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellation);
        }

        await document.DeleteAsync(
            DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { LeaseId = Lease }, cancellation);
        return SweptItem.Gone;
    }

    /// <summary>A map that asks for it does not load.</summary>
    public Task<SweptItem> AnonymiseAsync(DataSet set, DatedItem item, byte[] salt, CancellationToken cancellation) =>
        throw new NotSupportedException("Blobs are erased or retained, not anonymised.");

    /// <inheritdoc/>
    public Task TouchAnonymisedAsync(DataSet set, IReadOnlyList<DatedItem> items, CancellationToken cancellation) => Task.CompletedTask;

    private static async Task<IReadOnlyList<DatedItem>> ItemsAsync(
        BlobContainerClient container, IGrouping<string?, string> record, IReadOnlyList<string> columns, CancellationToken cancellation)
    {
        if (record.Key is null) return [.. record.Select(Undated)]; // in nobody's folder
        var document = container.GetBlobClient(record.Key);
        if (record.Contains(record.Key)) return await ReadAsync(document, columns, cancellation);
        return await document.ExistsAsync(cancellation) ? [] : [Undated(record.Key)]; // its files stand on another page as well if they are many
    }

    // The document of the record whose blob it is: in the folder directly within somebody's.
    private static string? DocumentOf(DataSet set, string name) =>
        set is { Find: Find.Prefix { Key: var key }, Store: StoreLocation.Blobs { Document: { } document } }
        && key.ReadFolder(name, out var rest) is not null && rest.Split('/', 2) is [var record, _]
            ? $"{name[..^rest.Length]}{record}/{document}"
            : null;

    private static DatedItem Undated(string name) => new(ItemKey.OfBlob(name), Version: null, new Dictionary<string, object?>());

    /// <returns>None when it has gone since it was listed.</returns>
    private static async Task<IReadOnlyList<DatedItem>> ReadAsync(
        BlobClient blob, IReadOnlyList<string> columns, CancellationToken cancellation)
    {
        try
        {
            var content = (await blob.DownloadContentAsync(cancellation)).Value;
            return [new(ItemKey.OfBlob(blob.Name), content.Details.ETag.ToString(), ValuesIn(content.Content, columns))];
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return [];
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.BlobArchived)
        {
            return [Undated(blob.Name) with { IsOutOfReach = true }];
        }
    }

    // What is no JSON object has no date that anybody could read, and must not keep the others.
    private static Dictionary<string, object?> ValuesIn(BinaryData content, IReadOnlyList<string> columns)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            if (document.RootElement.ValueKind is JsonValueKind.Object)
                return columns.Distinct().ToDictionary(column => column, column => ValueOf(document.RootElement, column));
        }
        catch (JsonException)
        {
            // It is shown as a record whose date cannot be read.
        }

        return columns.Distinct().ToDictionary(column => column, object? (_) => Unreadable);
    }

    private static object? ValueOf(JsonElement document, string column) =>
        !document.TryGetProperty(column, out var value) || value.ValueKind is JsonValueKind.Null ? null
        : value.ValueKind is JsonValueKind.String ? value.GetString()
        : Unreadable;
}
