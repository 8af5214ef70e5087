using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.AspNetCore.DataProtection;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// What an erasure needs to know of the person until it is done, sealed with the Data Protection key ring: by what their
/// data is found, and which items each plan destroys. All of it is deleted before the case closes.
/// </summary>
internal sealed class ErasureVault(RecordStorage storage, IDataProtectionProvider protection) : IForgottenWithCase
{
    private const string Container = "privacy-erasures";

    private IDataProtector Seal => protection.CreateProtector("PrivacyFunctions.Erasure", "v1");

    /// <summary>Keeps by what the data is found, or finds what an earlier attempt kept.</summary>
    public async Task<ErasureIdentifiers> KeepAsync(CaseId id, ErasureIdentifiers found, CancellationToken cancellation)
    {
        var blob = (await ContainerAsync()).GetBlobClient(NameOf(id));
        try
        {
            var content = BinaryData.FromBytes(Seal.SealText(RecordJson.Write(found.Stored())));
            await blob.UploadAsync(
                content, new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } }, cancellation);
            return found;
        }
        catch (RequestFailedException failure) when (failure.Status is 409 or 412)
        {
            return await ReadAsync(id, cancellation);
        }
    }

    /// <summary>By what the person's data is found.</summary>
    /// <exception cref="InvalidOperationException">It was not kept yet, or is deleted.</exception>
    public async Task<ErasureIdentifiers> ReadAsync(CaseId id, CancellationToken cancellation) =>
        await FindAsync(id, cancellation) ?? throw new InvalidOperationException($"The case {id} has no identifiers.");

    /// <summary>The same; null if it was not kept yet, or is deleted.</summary>
    public async Task<ErasureIdentifiers?> FindAsync(CaseId id, CancellationToken cancellation)
    {
        try
        {
            var stored = await (await ContainerAsync()).GetBlobClient(NameOf(id)).DownloadContentAsync(cancellation);
            return RecordJson.Read<StoredIdentifiers>(Seal.OpenText(stored.Value.Content.ToArray())).Identifiers();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Begins the list of the items of one data set that a plan destroys.</summary>
    /// <param name="nonce">The plan's: no two attempts at a plan write the same list.</param>
    public async Task<ItemList> WriteItemsAsync(CaseId id, string nonce, string dataSet, CancellationToken cancellation) =>
        new(new StreamWriter(await (await ListAsync(id, nonce, dataSet)).OpenWriteAsync(
            overwrite: true, cancellationToken: cancellation)), Seal);

    /// <summary>The items that a plan destroys, in the batches in which they were written.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ItemKey>> ReadItemsAsync(
        CaseId id, string nonce, string dataSet, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var lines = new StreamReader(
            await (await ListAsync(id, nonce, dataSet)).OpenReadAsync(cancellationToken: cancellation));
        while (await lines.ReadLineAsync(cancellation) is { } line)
            yield return [.. RecordJson.Read<string[]>(Seal.Unprotect(line)).Select(ItemKey.Parse)];
    }

    /// <summary>Deletes everything of a case; nothing happens if it is gone.</summary>
    public async Task ForgetAsync(CaseId id, CancellationToken cancellation)
    {
        var container = await ContainerAsync();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{id}/", cancellation))
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
    }

    private static string NameOf(CaseId id) => $"{id}/identifiers";

    private async Task<BlockBlobClient> ListAsync(CaseId id, string nonce, string dataSet) =>
        (await ContainerAsync()).GetBlockBlobClient($"{id}/{nonce}/{dataSet}");

    private Task<BlobContainerClient> ContainerAsync() => storage.ContainerAsync(Container);
}

/// <summary>A list of items being written: a sealed line for each batch, so that memory stays bounded.</summary>
internal sealed class ItemList(StreamWriter lines, IDataProtector seal) : IAsyncDisposable
{
    private readonly List<string> _batch = new(PersonalDataSources.LargestBatch);

    public async Task AddAsync(ItemKey item)
    {
        _batch.Add(item.Value);
        if (_batch.Count == PersonalDataSources.LargestBatch) await WriteBatchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_batch.Count > 0) await WriteBatchAsync();
        await lines.DisposeAsync();
    }

    private async Task WriteBatchAsync()
    {
        await lines.WriteAsync(seal.Protect(RecordJson.Write(_batch)) + "\n");
        _batch.Clear();
    }
}

/// <summary>By what a person's data is found, captured before anything is destroyed, and two salts that die with it.</summary>
/// <param name="Keys">The proven address, the persons that the directory knew under it, and their other addresses.</param>
/// <param name="AnonymisingSalt">Makes the keys of what is anonymised.</param>
/// <param name="DigestSalt">
/// Of the plans' digests. It is another one, or a plan's digest would lead to what was anonymised.
/// </param>
internal sealed record ErasureIdentifiers(SubjectKeys Keys, byte[] AnonymisingSalt, byte[] DigestSalt)
{
    private const int SaltBytes = 32;

    /// <summary>The same person by what the directory knows now. What was captured is what may be reached at most.</summary>
    public SubjectKeys Now { get; init; } = Keys;

    public static ErasureIdentifiers Of(SubjectKeys keys) =>
        new(keys, RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(SaltBytes));

    public StoredIdentifiers Stored() => new(
        Keys.Address.Value, [.. Keys.Persons.Select(person => person.Value)], AnonymisingSalt, DigestSalt,
        [.. Keys.OtherAddresses.Select(address => address.Value)], [.. Keys.DoubtfulAddresses.Select(address => address.Value)]);

    /// <summary>Withholds it from logs.</summary>
    public override string ToString() => "(identifiers)";
}

/// <summary>The identifiers as they are sealed. Those of an earlier version have no other addresses.</summary>
internal sealed record StoredIdentifiers(
    string Address, IReadOnlyList<string> Persons, byte[] AnonymisingSalt, byte[] DigestSalt,
    IReadOnlyList<string>? OtherAddresses = null, IReadOnlyList<string>? DoubtfulAddresses = null)
{
    public ErasureIdentifiers Identifiers() => new(
        new(EmailAddress.Parse(Address), [.. Persons.Select(Person)])
        {
            OtherAddresses = [.. (OtherAddresses ?? []).Select(EmailAddress.Parse)],
            DoubtfulAddresses = [.. (DoubtfulAddresses ?? []).Select(EmailAddress.Parse)],
        },
        AnonymisingSalt, DigestSalt);

    /// <summary>Withholds it from logs.</summary>
    public override string ToString() => "(identifiers)";

    private static PersonId Person(string text) =>
        PersonId.TryParse(text, out var person) ? person : throw new InvalidDataException("A captured person id is none.");
}
