using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Receipts;

namespace PrivacyFunctions.Requests.Portability.Transmissions;

/// <summary>
/// Signs what a package is, apart from it: a JSON Web Signature (RFC 7515, ES256) by the keys that receipts are signed with, so that whoever has both
/// can check by our public keys that it came from us unchanged. Its type tells it from a receipt.
/// </summary>
internal sealed class PackageSignature(ReceiptKeys keys, DataMapRegister map, IOptions<SiteOptions> site)
{
    /// <summary>The type in the signature's header, which tells it from whatever else is signed by these keys.</summary>
    public const string Type = "portable-package+jwt";

    /// <summary>What the file is.</summary>
    public const string MediaType = "application/jose";

    /// <summary>What is added to the package's name.</summary>
    public const string Ending = ".jws";

    /// <summary>The signature, in the compact form.</summary>
    /// <param name="id">The case.</param>
    /// <param name="file">What the package is called.</param>
    /// <param name="offered">What the chain says of the package.</param>
    /// <param name="on">The local date.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task<string> SignAsync(CaseId id, string file, CaseFact.ExportOffered offered, DateOnly on, CancellationToken cancellation) => keys.SignAsync(
        Type,
        RecordJson.Write(new PackageManifest(
            site.Value.BaseUrl.AbsoluteUri.TrimEnd('/'), map.Company.Name, id, file, offered.Bytes, offered.Sha256, on)),
        cancellation);
}

/// <summary>What is signed. Its members' names never change.</summary>
/// <param name="Issuer">The public address of the installation that signed it.</param>
/// <param name="Controller">The company that sends the package.</param>
/// <param name="Reference">The case.</param>
/// <param name="File">What the package is called.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its hash, in lower-case hexadecimal.</param>
/// <param name="On">The local date on which this was signed.</param>
internal sealed record PackageManifest(
    [property: JsonPropertyName("iss")] string Issuer, [property: JsonPropertyName("name")] string Controller,
    [property: JsonPropertyName("jti")] CaseId Reference, [property: JsonPropertyName("file")] string File,
    [property: JsonPropertyName("bytes")] long Bytes, [property: JsonPropertyName("sha256")] string Sha256,
    [property: JsonPropertyName("date")] DateOnly On);
