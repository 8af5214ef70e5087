using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Exports;

/// <summary>
/// Where the answer to a case is made and kept: one folder of blobs for each case. Every blob is written whole under a
/// fixed name, so that a repeated step replaces its own work.
/// </summary>
internal sealed class ExportFolder(RecordStorage storage)
{
    private const string Container = "privacy-exports";

    /// <summary>The records of one data set, a JSON object a line.</summary>
    public Task<BlockBlobClient> PartAsync(CaseId id, string dataSet) => BlobAsync($"{id}/parts/{dataSet}.ndjson");

    /// <summary>A file that belongs to a record.</summary>
    public Task<BlockBlobClient> FileAsync(CaseId id, string dataSet, int number) => BlobAsync($"{id}/files/{dataSet}/{number}");

    /// <summary>What the person gets.</summary>
    public Task<BlockBlobClient> PackageAsync(CaseId id) => BlobAsync($"{id}/package.zip");

    /// <summary>The directory of what one go added to the package, until it is whole; its name is nobody's.</summary>
    public Task<BlockBlobClient> DirectoryAsync(CaseId id, string name) => BlobAsync($"{id}/directories/{name}");

    /// <summary>Deletes everything of a case; nothing happens if it is gone.</summary>
    public async Task DeleteAsync(CaseId id, CancellationToken cancellation)
    {
        var container = await storage.ContainerAsync(Container);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.Uncommitted, $"{id}/", cancellation))
        {
            var isWritten = await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
            if (!isWritten)
            {
                // Blocks of a step that died are no blob yet, and would stay for a week: as an empty one they go.
                await container.GetBlockBlobClient(blob.Name).CommitBlockListAsync([], cancellationToken: cancellation);
                await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
            }

            Deletions.Count("export", 1);
        }
    }

    private async Task<BlockBlobClient> BlobAsync(string name) =>
        (await storage.ContainerAsync(Container)).GetBlockBlobClient(name);
}
