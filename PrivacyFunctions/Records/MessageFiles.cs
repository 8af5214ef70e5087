using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.DataProtection;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Records;

/// <summary>
/// The files that people send with their messages: sealed with the Data Protection key ring, a blob each, under the case and the message's name. What they are
/// called is sealed with the words of the message. They go with the case.
/// </summary>
internal sealed class MessageFiles(RecordStorage storage, IDataProtectionProvider protection)
{
    private const string Container = "privacy-attachments";

    /// <summary>Keeps a file; a repetition, which has the same content, replaces its own work.</summary>
    /// <param name="id">The case.</param>
    /// <param name="message">The name of the message, which is made of the content, too.</param>
    /// <param name="number">Which of its files it is, from 1.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="cancellation">Stops before it is kept.</param>
    public async Task KeepAsync(CaseId id, string message, int number, byte[] content, CancellationToken cancellation)
    {
        var name = NameOf(id, message, number);
        await (await BlobAsync(name)).UploadAsync(BinaryData.FromBytes(SealOf(name).Protect(content)), overwrite: true, cancellation);
    }

    /// <summary>What a file holds; null if it is gone.</summary>
    public async Task<byte[]?> FindAsync(CaseId id, string message, int number, CancellationToken cancellation)
    {
        var name = NameOf(id, message, number);
        try
        {
            return SealOf(name).Unprotect((await (await BlobAsync(name)).DownloadContentAsync(cancellation)).Value.Content.ToArray());
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
    }

    /// <summary>The files of a message as a copy of the person's data holds them; one that is gone by then fails when it is opened.</summary>
    /// <param name="id">The case.</param>
    /// <param name="message">The name of the message.</param>
    /// <param name="known">What is known of them, in their order.</param>
    public IEnumerable<PersonalFile> Of(CaseId id, string message, IReadOnlyList<MessageFile> known) => known.Select((file, index) => new PersonalFile(
        file.Name, file.MediaType, file.Bytes,
        async cancellation => new MemoryStream(
            await FindAsync(id, message, index + 1, cancellation) ?? throw new FileNotFoundException("A file of a message is gone."))));

    /// <summary>Deletes the files of a message that does not belong to the case after all.</summary>
    public async Task ForgetAsync(CaseId id, string message, CancellationToken cancellation)
    {
        var container = await storage.ContainerAsync(Container);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{id}/{message}/", cancellation))
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
    }

    /// <summary>The names of the messages that have files.</summary>
    public async Task<HashSet<string>> MessagesAsync(CaseId id, CancellationToken cancellation)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var blob in (await storage.ContainerAsync(Container)).GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{id}/", cancellation))
            found.Add(blob.Name.Split('/')[1]);
        return found;
    }

    private static string NameOf(CaseId id, string message, int number) => FormattableString.Invariant($"{id}/{message}/{number}");

    // A file opens at its own place only.
    private IDataProtector SealOf(string name) => protection.CreateProtector("PrivacyFunctions.MessageFiles", "v1", name);

    private async Task<BlobClient> BlobAsync(string name) => (await storage.ContainerAsync(Container)).GetBlobClient(name);
}

/// <summary>What is known of a file that came with a message.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="MediaType">What it is.</param>
/// <param name="Bytes">How large it is.</param>
internal sealed record MessageFile(string Name, string MediaType, int Bytes)
{
    /// <summary>How the person reads it in a later copy of their data.</summary>
    public string Words => FormattableString.Invariant($"{Name} ({MediaType.Split(';')[0]}, {Bytes:N0} bytes)");

    /// <summary>Withholds it from logs.</summary>
    public override string ToString() => "(file)";
}
