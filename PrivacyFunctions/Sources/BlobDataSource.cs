using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>
/// Data sets in Azure Blobs. A person's blobs lie below one folder. Each folder directly within it is one record: the
/// JSON document that the map names gives its values, every other blob is one of its files.
/// </summary>
internal sealed class BlobDataSource(CompanyStorage storage) : IPersonalDataSource
{
    /// <summary>How a report names files that no field of the map describes.</summary>
    public const string UnmappedFiles = "(files)";

    public StoreKind Store => StoreKind.Blob;

    public async IAsyncEnumerable<PersonalRecord> ExportAsync(
        DataSet set, SubjectKeys subject, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var find = GatheredSet.FindOf(set);
        var container = storage.Container(set);
        foreach (var prefix in subject.Fill(find.Key))
            await foreach (var folder in FoldersAsync(container, prefix, cancellation))
                yield return await ToRecordAsync(container, set, prefix, folder, cancellation);
    }

    /// <summary>The service lists in the order of names, so the blobs of one folder come together.</summary>
    private static async IAsyncEnumerable<List<BlobItem>> FoldersAsync(
        BlobContainerClient container, string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var folder = new List<BlobItem>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellation))
        {
            if (folder.Count > 0 && FolderOf(folder[0].Name, prefix) != FolderOf(blob.Name, prefix))
            {
                yield return folder;
                folder = [];
            }

            folder.Add(blob);
        }

        if (folder.Count > 0)
            yield return folder;
    }

    /// <summary>The first segment below the prefix; for a blob that lies in no folder, its name.</summary>
    private static string FolderOf(string name, string prefix) => name[prefix.Length..].Split('/', 2)[0];

    private static async Task<PersonalRecord> ToRecordAsync(
        BlobContainerClient container, DataSet set, string prefix, List<BlobItem> folder, CancellationToken cancellation)
    {
        var key = FolderOf(folder[0].Name, prefix);
        var documentName = set.Store is StoreLocation.Blobs { Document: { } name } ? $"{prefix}{key}/{name}" : null;
        var document = folder.Find(blob => blob.Name == documentName);
        var stored = document is null ? [] : await ReadAsync(container.GetBlobClient(document.Name), cancellation);
        var (values, unmapped) = FieldFilter.Apply(set.Fields, stored);

        var files = folder.Where(blob => blob != document).ToList();
        return set.Fields.FirstOrDefault(field => field.IsFile) switch
        {
            null when files.Count > 0 => new PersonalRecord(key, values, [], [.. unmapped, UnmappedFiles]),
            { NotExported: null } =>
                new PersonalRecord(key, values, [.. files.Select(file => ToFile(container, prefix, file))], unmapped),
            _ => new PersonalRecord(key, values, [], unmapped),
        };
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
            blob.Name[prefix.Length..], contentType, cancellation => client.OpenReadAsync(cancellationToken: cancellation));
    }
}
