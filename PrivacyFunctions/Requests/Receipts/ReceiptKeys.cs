using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Requests.Receipts;

/// <summary>
/// The keys that receipts are signed with: ECDSA on P-256, one for each year (UTC, by the real clock), a blob each. Its name, which receipts give as
/// <c>kid</c>, is the year and the beginning of the public key's hash, so that it never stands for another key. The private half is sealed by the
/// key ring as links are; the public half lies open beside it, so that old receipts stay genuine also when the ring or the pepper is lost.
/// </summary>
internal sealed partial class ReceiptKeys(RecordStorage storage, IDataProtectionProvider protection, TimeProvider time)
{
    private const string Container = "privacy-receipt-keys";
    private const int MostOfAYear = 99;
    private const int DigitsOfTheHash = 16;

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly IDataProtector _seal = protection.CreateProtector("PrivacyFunctions.Receipts", "v1");
    private readonly ConcurrentDictionary<string, ECDsaSecurityKey> _known = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    private (string Year, Task<ECDsaSecurityKey> Key)? _current;

    private int Year => time.GetUtcNow().Year;

    /// <summary>The key to sign with this year; the first that asks for it makes it.</summary>
    /// <remarks>
    /// One that cannot be opened any more, as after a change of the pepper, has another one put beside it. Instances that begin the year at the same
    /// moment may sign with different ones: all of them are ours.
    /// </remarks>
    public Task<ECDsaSecurityKey> CurrentAsync(CancellationToken cancellation)
    {
        var year = Year.ToString("D4", CultureInfo.InvariantCulture);
        lock (_gate)
        {
            if (_current is not { } current || current.Year != year || current.Key.IsFaulted) _current = current = (year, OpenOrMakeAsync(year));
            return current.Key.WaitAsync(cancellation);
        }
    }

    /// <summary>Signs something for whoever has our public keys: a JSON Web Signature (RFC 7515, ES256) in the compact form.</summary>
    /// <param name="type">What it is, which stands in its header and tells it from whatever else is signed by these keys.</param>
    /// <param name="payload">What it says, as JSON.</param>
    /// <param name="cancellation">Stops waiting for the key.</param>
    public async Task<string> SignAsync(string type, string payload, CancellationToken cancellation) => Handler.CreateToken(
        payload, new SigningCredentials(await CurrentAsync(cancellation), SecurityAlgorithms.EcdsaSha256),
        new Dictionary<string, object> { [JwtHeaderParameterNames.Typ] = type });

    /// <summary>The public half of the key of that name; null if there is none.</summary>
    public async Task<ECDsaSecurityKey?> FindAsync(string name, CancellationToken cancellation)
    {
        if (Name().Match(name) is not { Success: true } match || int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) > Year) return null;
        if (_known.TryGetValue(name, out var known)) return known;
        return await ReadAsync(name, cancellation) is { } stored ? _known.GetOrAdd(name, stored.Public) : null;
    }

    /// <summary>The public halves of all keys, one of this year among them, in the order of their names.</summary>
    public async Task<IReadOnlyList<ECDsaSecurityKey>> AllAsync(CancellationToken cancellation)
    {
        var all = await NamesAsync("", cancellation);
        if (!all.Any(name => name.StartsWith($"{Year:D4}-", StringComparison.Ordinal)))
        {
            await CurrentAsync(cancellation);
            all = await NamesAsync("", cancellation);
        }

        var keys = new List<ECDsaSecurityKey>();
        foreach (var name in all.Order(StringComparer.Ordinal))
            if (await FindAsync(name, cancellation) is { } key) keys.Add(key);
        return keys;
    }

    private static string NameOf(string year, byte[] publicHalf) =>
        $"{year}-{Convert.ToHexStringLower(SHA256.HashData(publicHalf))[..DigitsOfTheHash]}";

    // The oldest first, so that instances that begin at nearly the same moment agree on one.
    private async Task<IReadOnlyList<string>> NamesAsync(string prefix, CancellationToken cancellation)
    {
        var blobs = new List<BlobItem>();
        await foreach (var blob in (await storage.ContainerAsync(Container)).GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellation)) blobs.Add(blob);
        return [.. blobs.OrderBy(blob => blob.Properties.CreatedOn).ThenBy(blob => blob.Name, StringComparer.Ordinal).Select(blob => blob.Name).Where(name => Name().IsMatch(name))];
    }

    // For all who wait for it, so nobody cancels it.
    private async Task<ECDsaSecurityKey> OpenOrMakeAsync(string year) => await OpenAsync(year) ?? await MakeAsync(year);

    private async Task<ECDsaSecurityKey?> OpenAsync(string year)
    {
        foreach (var name in await NamesAsync($"{year}-", CancellationToken.None))
            if (await ReadAsync(name, CancellationToken.None) is { } stored && TryOpen(stored.Sealed) is { } opened)
                return new ECDsaSecurityKey(opened) { KeyId = name };
        return null;
    }

    private async Task<ECDsaSecurityKey> MakeAsync(string year)
    {
        if ((await NamesAsync($"{year}-", CancellationToken.None)).Count >= MostOfAYear)
            throw new InvalidOperationException("No key for receipts can be opened, and there are too many of this year to make another one.");
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var stored = new StoredKey(made.ExportSubjectPublicKeyInfo(), _seal.Protect(made.ExportPkcs8PrivateKey()));
        await (await storage.ContainerAsync(Container)).GetBlobClient(NameOf(year, stored.Public))
            .UploadAsync(new BinaryData(RecordJson.Write(stored)), overwrite: false, CancellationToken.None);
        return await OpenAsync(year)
            ?? throw new InvalidOperationException("The key for receipts that was made just now cannot be opened.");
    }

    // Null if there is none of that name, or what lies there is not the key that the name says.
    private async Task<(ECDsaSecurityKey Public, byte[] Sealed)?> ReadAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var blob = (await storage.ContainerAsync(Container)).GetBlobClient(name);
            var stored = RecordJson.Read<StoredKey>((await blob.DownloadContentAsync(cancellation)).Value.Content.ToString());
            if (NameOf(name[..4], stored.Public) != name) return null;
            var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(stored.Public, out _);
            return (new(key) { KeyId = name }, stored.Sealed);
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
        catch (Exception damaged) when (damaged is JsonException or ArgumentException or CryptographicException)
        {
            return null;
        }
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

    [GeneratedRegex(@"\A([0-9]{4})-[0-9a-f]{16}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    /// <summary>A key as it is kept.</summary>
    /// <param name="Public">Its public half (SubjectPublicKeyInfo, RFC 5280), open.</param>
    /// <param name="Sealed">Its private half (PKCS #8), sealed.</param>
    private sealed record StoredKey(byte[] Public, byte[] Sealed);
}
