using System.Text.Json;
using Azure;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Backups;

/// <summary>
/// What the calls of a night's copying have done, a blob for each in the night's folder. One is written once, when its chunks
/// are there: of two calls that make the same part at the same time, the one that writes it first counts.
/// </summary>
internal sealed class CopyParts(BackupArchive archive)
{
    /// <summary>The part, or null when no call has made it.</summary>
    public async Task<CopiedPart?> FindAsync(DateOnly night, int number, CancellationToken cancellation)
    {
        try
        {
            var stored = await archive.Container.GetBlobClient(BackupLayout.Part(night, number)).DownloadContentAsync(cancellation);
            return JsonSerializer.Deserialize<CopiedPart>(stored.Value.Content, RecordJson.Options)
                ?? throw new InvalidDataException("A part of the copy is empty.");
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Writes the part, or finds the one that another call wrote meanwhile.</summary>
    public async Task<CopiedPart> AddAsync(DateOnly night, int number, CopiedPart part, CancellationToken cancellation)
    {
        var json = new BinaryData(JsonSerializer.SerializeToUtf8Bytes(part, RecordJson.Options));
        return await archive.TryAddAsync(BackupLayout.Part(night, number), json, cancellation)
            ? part
            : await FindAsync(night, number, cancellation)
                ?? throw new InvalidDataException("A part of the copy was removed while it was made.");
    }
}
