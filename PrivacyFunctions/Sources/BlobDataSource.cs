using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>
/// Data sets in Azure Blobs. A person's or account's blobs lie below one folder, and each is an item. Where the map names a
/// JSON document, each folder directly within is one record: the document gives its values, every other blob is one of its
/// files. Where it names none, each blob is a record, so that a folder of any size passes through memory one by one.
/// </summary>
internal sealed class BlobDataSource(CompanyStorage storage) : IPersonalDataSource
{
    /// <summary>How a report names files that no field of the map describes.</summary>
    public const string UnmappedFiles = "(files)";

    public StoreKind Store => StoreKind.Blob;

    public async IAsyncEnumerable<PersonalRecord> ExportAsync(
        Reach reach, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var container = storage.Container(reach.Set);
        foreach (var prefix in reach.Names)
            await foreach (var folder in FoldersAsync(container, reach.Set, prefix, cancellation))
                if (reach.After is not { } after || string.CompareOrdinal(PlaceOf(reach.Set, folder[0].Name, prefix), after.Value) > 0)
                    yield return await ToRecordAsync(container, reach.Set, prefix, folder, cancellation);
    }

    /// <summary>All blobs of a record have its document's anchor, which is read once, only where the map names one.</summary>
    public async IAsyncEnumerable<FoundItem> FindAsync(Reach reach, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var container = storage.Container(reach.Set);
        foreach (var prefix in reach.Names)
        {
            var (folder, anchor) = ((string?)null, (DateTimeOffset?)null);
            await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellation))
            {
                if (FolderOf(reach.Set, blob.Name, prefix) is var next && next != folder)
                    (folder, anchor) = (next, await AnchorAsync(container, reach.Set, prefix + next, cancellation));
                yield return new FoundItem(ItemKey.OfBlob(blob.Name), anchor);
            }
        }
    }

    public Task<CorrectedRecords> CorrectAsync(Reach reach, FieldCorrection correction, CancellationToken cancellation) =>
        reach.Set.Fields.Any(field => field.IsFile && field.Name == correction.Field)
            ? BlobCorrection.TakeOutAsync(storage.Container(reach.Set), reach, correction, cancellation)
            : BlobCorrection.CorrectAsync(storage.Container(reach.Set), reach, correction, cancellation);

    public async Task<int> EraseAsync(Reach reach, IReadOnlyList<ItemKey> items, CancellationToken cancellation)
    {
        var prefixes = reach.Names.ToList();
        if (items.Any(item => !prefixes.Exists(prefix => item.Value.StartsWith(prefix, StringComparison.Ordinal))))
            throw new ArgumentException($"An item of the data set '{reach.Set.Id}' belongs to somebody else.", nameof(items));

        var container = storage.Container(reach.Set);
        return await Bounded.CountAsync(
            items.Distinct(),
            async (item, stop) => await container.DeleteBlobIfExistsAsync(
                item.Value, DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: stop),
            cancellation);
    }

    /// <summary>A map that asks for it does not load: what a file says about its author, no program can take out.</summary>
    public Task<int> AnonymiseAsync(
        Reach reach, IReadOnlyList<ItemKey> items, byte[] salt, CancellationToken cancellation) =>
        throw new NotSupportedException("Blobs are erased or retained, not anonymised.");

    /// <summary>The service lists in the order of names, so the blobs of one folder come together.</summary>
    private static async IAsyncEnumerable<List<BlobItem>> FoldersAsync(
        BlobContainerClient container, DataSet set, string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var folder = new List<BlobItem>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellation))
        {
            if (folder.Count > 0 && FolderOf(set, folder[0].Name, prefix) != FolderOf(set, blob.Name, prefix))
            {
                yield return folder;
                folder = [];
            }

            folder.Add(blob);
        }

        if (folder.Count > 0)
            yield return folder;
    }

    /// <summary>The record's name: the first segment below the prefix, or the whole rest where each blob is a record.</summary>
    private static string FolderOf(DataSet set, string name, string prefix) =>
        set.Store is StoreLocation.Blobs { Document: null } ? name[prefix.Length..] : name[prefix.Length..].Split('/', 2)[0];

    // With its slash, a folder stands where the service lists what is in it.
    private static string PlaceOf(DataSet set, string name, string prefix) =>
        prefix + FolderOf(set, name, prefix) is var folder && folder.Length < name.Length ? $"{folder}/" : folder;

    private static async Task<PersonalRecord> ToRecordAsync(
        BlobContainerClient container, DataSet set, string prefix, List<BlobItem> folder, CancellationToken cancellation)
    {
        var key = FolderOf(set, folder[0].Name, prefix);
        var documentName = set.Store is StoreLocation.Blobs { Document: { } name } ? $"{prefix}{key}/{name}" : null;
        var document = folder.Find(blob => blob.Name == documentName);
        var stored = document is null ? [] : await ReadAsync(container.GetBlobClient(document.Name), cancellation);
        var (values, unmapped) = FieldFilter.Apply(set, stored);

        var files = folder.Where(blob => blob != document).ToList();
        var field = set.Fields.FirstOrDefault(field => field.IsFile);
        var areUnmapped = field is null && files.Count > 0;
        var areGiven = field is { NotExported: null } || (areUnmapped && set.Role is Role.Processor);
        return new PersonalRecord(
            key, values, areGiven ? [.. files.Select(file => ToFile(container, prefix, file))] : [],
            areUnmapped ? [.. unmapped, UnmappedFiles] : unmapped)
        {
            Place = ItemKey.OfBlob(PlaceOf(set, folder[0].Name, prefix)),
        };
    }

    private static async Task<DateTimeOffset?> AnchorAsync(
        BlobContainerClient container, DataSet set, string folder, CancellationToken cancellation)
    {
        if (set is not { AnchorField: { } field, Store: StoreLocation.Blobs { Document: { } name } })
            return null;
        var document = container.GetBlobClient($"{folder}/{name}");
        if (!await document.ExistsAsync(cancellation))
            return null;
        var values = await ReadAsync(document, cancellation);
        return values.TryGetValue(field, out var value) && value.ValueKind is not JsonValueKind.Null
            ? Anchor.Read(set, value.ValueKind is JsonValueKind.String ? value.GetString() : value)
            : null;
    }

    private static async Task<Dictionary<string, JsonElement>> ReadAsync(BlobClient blob, CancellationToken cancellation)
    {
        await using var content = await blob.OpenReadAsync(cancellationToken: cancellation);
        return await JsonSerializer.DeserializeAsync<Dictionary<string, JsonElement>>(content, cancellationToken: cancellation)
            ?? throw new InvalidDataException("A document of the company is empty where a JSON object was expected.");
    }

    private static PersonalFile ToFile(BlobContainerClient container, string prefix, BlobItem blob)
    {
        var client = container.GetBlobClient(blob.Name);
        var contentType = blob.Properties.ContentType ?? "application/octet-stream";
        return new PersonalFile(
            blob.Name[prefix.Length..], contentType, blob.Properties.ContentLength ?? 0, cancellation => client.OpenReadAsync(cancellationToken: cancellation));
    }
}
