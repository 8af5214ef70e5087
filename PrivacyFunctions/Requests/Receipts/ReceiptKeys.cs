using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Requests.Receipts;

/// <summary>
/// The keys that receipts are signed with: ECDSA on P-256, one for each year (UTC, by the real clock), a blob each, sealed by the key ring as
/// links are. All instances have the same ones, and keep them in memory. Old ones are kept, so that their receipts stay genuine.
/// </summary>
internal sealed partial class ReceiptKeys(RecordStorage storage, IDataProtectionProvider protection, TimeProvider time)
{
    private const string Container = "privacy-receipt-keys";
    private const int MostOfAYear = 99;

    private readonly IDataProtector _seal = protection.CreateProtector("PrivacyFunctions.Receipts", "v1");
    private readonly ConcurrentDictionary<string, ECDsaSecurityKey> _known = new(StringComparer.Ordinal);

    private int Year => time.GetUtcNow().Year;

    /// <summary>The key of this year; the first that asks for it makes it.</summary>
    /// <remarks>One that cannot be opened any more, as after a change of the pepper, has another one put beside it.</remarks>
    public async Task<ECDsaSecurityKey> CurrentAsync(CancellationToken cancellation)
    {
        var year = Year;
        for (var number = 1; number <= MostOfAYear; number++)
            if (await OpenAsync(NameOf(year, number), isMade: true, cancellation) is { } key) return key;
        throw new InvalidOperationException("No key for receipts can be opened, and there are too many of this year to make another one.");
    }

    /// <summary>The key of that name; null if there is none, or it cannot be opened any more.</summary>
    public async Task<ECDsaSecurityKey?> FindAsync(string name, CancellationToken cancellation) =>
        Name().Match(name) is { Success: true } match && int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) <= Year
            ? await OpenAsync(name, isMade: false, cancellation)
            : null;

    /// <summary>All keys, this year's among them, in the order of their names.</summary>
    public async Task<IReadOnlyList<ECDsaSecurityKey>> AllAsync(CancellationToken cancellation)
    {
        var all = new SortedDictionary<string, ECDsaSecurityKey>(StringComparer.Ordinal);
        var current = await CurrentAsync(cancellation);
        all[current.KeyId] = current;
        await foreach (var blob in (await storage.ContainerAsync(Container)).GetBlobsAsync(cancellationToken: cancellation))
            if (await OpenAsync(blob.Name, isMade: false, cancellation) is { } key) all[blob.Name] = key;
        return [.. all.Values];
    }

    private static string NameOf(int year, int number) => number == 1
        ? year.ToString("D4", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{number}");

    private async Task<ECDsaSecurityKey?> OpenAsync(string name, bool isMade, CancellationToken cancellation)
    {
        if (_known.TryGetValue(name, out var known)) return known;
        var blob = (await storage.ContainerAsync(Container)).GetBlobClient(name);
        if ((await ReadAsync(blob, cancellation) ?? (isMade ? await MakeAsync(blob, cancellation) : null)) is not { } stored
            || TryOpen(stored) is not { } opened)
            return null;
        return _known.GetOrAdd(name, new ECDsaSecurityKey(opened) { KeyId = name });
    }

    private ECDsa? TryOpen(byte[] stored)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(_seal.Unprotect(stored), out _);
            return key;
        }
        // As with links: with the storage's exception inside, the ring could not be read, and the key may be good.
        catch (CryptographicException sealedOtherwise) when (sealedOtherwise.InnerException is null or CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }

    private static async Task<byte[]?> ReadAsync(BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            return (await blob.DownloadContentAsync(cancellation)).Value.Content.ToArray();
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
    }

    // Of several that make it at the same moment, the first to store it wins.
    private async Task<byte[]?> MakeAsync(BlobClient blob, CancellationToken cancellation)
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            var stored = _seal.Protect(made.ExportPkcs8PrivateKey());
            await blob.UploadAsync(new BinaryData(stored), overwrite: false, cancellation);
            return stored;
        }
        catch (RequestFailedException failure) when (failure.Status is 409 or 412)
        {
            return await ReadAsync(blob, cancellation);
        }
    }

    [GeneratedRegex(@"\A([0-9]{4})(-[1-9][0-9]?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
