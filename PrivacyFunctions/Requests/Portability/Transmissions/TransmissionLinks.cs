using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Links;
using PrivacyFunctions.Requests.Portability.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Portability.Transmissions;

/// <summary>
/// The two links of a transmission. The person's is given out with the download, for the right code only, so that nobody can send the package anywhere
/// who could not fetch it. The other controller's is mailed: its token holds the transmission and until when it works, legal time, and names no person.
/// </summary>
internal sealed class TransmissionLinks(LinkTokens tokens, SiteLinks site, IDataProtectionProvider protection) : IBesideDownload
{
    /// <summary>Where the person asks for it.</summary>
    public const string AskRoute = "transmissions/{token}";

    /// <summary>Where the person stops it.</summary>
    public const string StopRoute = $"{AskRoute}/stop";

    /// <summary>Where the other controller downloads the package.</summary>
    public const string HandOverRoute = "handovers/{token}";

    private const int IdBytes = 16;
    private const int NameAt = IdBytes + sizeof(long);

    private readonly IDataProtector _protector = protection.CreateProtector("PrivacyFunctions.Links", "v1", "handover");

    /// <inheritdoc/>
    public CaseKind Kind => CaseKind.Portability;

    /// <inheritdoc/>
    public NextLink LinkTo(CaseId id, DateTimeOffset until) =>
        new(PageText.Of<TransmissionText>().Beside, PathToAsk(tokens.Create(LinkPurpose.Transmission, id, until)), IsAside: true);

    /// <summary>The path of the person's page.</summary>
    public static string PathToAsk(string token) => $"/transmissions/{token}";

    /// <summary>The path of the other controller's page.</summary>
    public static string PathToHandOver(string token) => $"/handovers/{token}";

    /// <summary>The other controller's link.</summary>
    public Uri ToHandOver(TransmissionPlace place, DateTimeOffset until)
    {
        var payload = new byte[NameAt + (place.Name.Length / 2)];
        Convert.FromHexString(place.Case.Value, payload, out _, out _);
        BinaryPrimitives.WriteInt64BigEndian(payload.AsSpan(IdBytes), until.ToUnixTimeMilliseconds());
        Convert.FromHexString(place.Name, payload.AsSpan(NameAt), out _, out _);
        return site.Page(PathToHandOver(_protector.Seal(payload)));
    }

    /// <summary>Where the other controller's token leads, and until when; null if it is forged, damaged, or made for something else.</summary>
    /// <exception cref="CryptographicException">The key ring cannot be read; its inner exception is the storage's.</exception>
    public (TransmissionPlace Place, DateTimeOffset Until)? Read(string token) => _protector.Open(token) is { } payload
        ? (
            new(CaseId.FromBytes(payload.AsSpan(0, IdBytes)), Convert.ToHexStringLower(payload.AsSpan(NameAt))),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(payload.AsSpan(IdBytes))))
        : null;
}

/// <summary>Which transmission of which case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Name">The transmission's name.</param>
internal sealed record TransmissionPlace(CaseId Case, string Name);
