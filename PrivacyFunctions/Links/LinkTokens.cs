using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Links;

/// <summary>What a link is for. A token made for one purpose is no token for another.</summary>
internal enum LinkPurpose
{
    /// <summary>Opens the page that confirms a request.</summary>
    Confirm,

    /// <summary>Opens the page that sends a code for the download.</summary>
    Download,

    /// <summary>Opens the page that confirms the end of an account.</summary>
    EndAccount,

    /// <summary>Opens the page that undoes the end of an account.</summary>
    Undo,

    /// <summary>Streams the package; given out for the right code only.</summary>
    Stream,

    /// <summary>Shows what is held of a person and takes their corrections; given out for the right code only.</summary>
    Corrections,

    /// <summary>Shows where a case stands, and lets its person withdraw it.</summary>
    Case,

    /// <summary>Lets the person have the package transmitted to another controller; given out for the right code only.</summary>
    Transmission,
}

/// <summary>What a token turned out to be.</summary>
internal abstract record LinkToken
{
    private LinkToken()
    {
    }

    /// <summary>Ours, for this purpose, and in time.</summary>
    public sealed record Valid(CaseId Case, DateTimeOffset Until) : LinkToken;

    /// <summary>Ours, for this purpose, and too old.</summary>
    public sealed record Expired(CaseId Case) : LinkToken;

    /// <summary>Forged, damaged, or made for something else.</summary>
    public sealed record Foreign : LinkToken;
}

/// <summary>
/// The tokens in mailed links: encrypted and authenticated with the Data Protection key ring, scoped to a case and a purpose,
/// with the expiry inside. They name no person.
/// </summary>
internal sealed class LinkTokens(IDataProtectionProvider protection)
{
    private const int IdBytes = 16;

    /// <summary>A token that works until that instant of the clock its reader uses.</summary>
    public string Create(LinkPurpose purpose, CaseId id, DateTimeOffset until)
    {
        Span<byte> payload = stackalloc byte[IdBytes + sizeof(long)];
        Convert.FromHexString(id.Value, payload, out _, out _);
        BinaryPrimitives.WriteInt64BigEndian(payload[IdBytes..], until.ToUnixTimeMilliseconds());
        return Protector(purpose).Seal(payload);
    }

    /// <summary>Reads a token; never throws for what a stranger sends.</summary>
    /// <exception cref="CryptographicException">The key ring cannot be read; its inner exception is the storage's.</exception>
    public LinkToken Read(LinkPurpose purpose, string token, DateTimeOffset now)
    {
        if (Protector(purpose).Open(token) is not { } payload) return new LinkToken.Foreign();
        var id = CaseId.FromBytes(payload.AsSpan(0, IdBytes));
        var until = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(payload.AsSpan(IdBytes)));
        return now < until ? new LinkToken.Valid(id, until) : new LinkToken.Expired(id);
    }

    private IDataProtector Protector(LinkPurpose purpose) =>
        protection.CreateProtector("PrivacyFunctions.Links", "v1", purpose.ToString());
}
