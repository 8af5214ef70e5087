using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Links;
using PrivacyFunctions.Requests.Recipients.Model;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>What a recipient's link leads to.</summary>
/// <param name="Case">The case.</param>
/// <param name="Act">The act.</param>
/// <param name="Recipient">The recipient's id.</param>
internal sealed record NoticePlace(CaseId Case, RecipientAct Act, string Recipient);

/// <summary>
/// The links that are mailed to recipients: their token holds the notice and until when it works, legal time, encrypted and authenticated. It names
/// no person.
/// </summary>
internal sealed class NoticeLinks(IDataProtectionProvider protection, SiteLinks site)
{
    private const int IdBytes = 16;
    private const int ActAt = IdBytes + sizeof(long);

    private readonly IDataProtector _protector = protection.CreateProtector("PrivacyFunctions.Links", "v1", "recipient");

    /// <summary>The link.</summary>
    public Uri Of(NoticePlace place, DateTimeOffset until)
    {
        var payload = new byte[ActAt + 1 + Encoding.UTF8.GetByteCount(place.Recipient)];
        Convert.FromHexString(place.Case.Value, payload, out _, out _);
        BinaryPrimitives.WriteInt64BigEndian(payload.AsSpan(IdBytes), until.ToUnixTimeMilliseconds());
        payload[ActAt] = (byte)place.Act;
        Encoding.UTF8.GetBytes(place.Recipient, payload.AsSpan(ActAt + 1));
        return site.Recipient(_protector.Seal(payload));
    }

    /// <summary>Where a token leads, and until when; null if it is forged, damaged, or made for something else.</summary>
    /// <exception cref="CryptographicException">The key ring cannot be read; its inner exception is the storage's.</exception>
    public (NoticePlace Place, DateTimeOffset Until)? Read(string token) => _protector.Open(token) is { } payload
        ? (
            new(CaseId.FromBytes(payload.AsSpan(0, IdBytes)), (RecipientAct)payload[ActAt], Encoding.UTF8.GetString(payload.AsSpan(ActAt + 1))),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(payload.AsSpan(IdBytes))))
        : null;
}
