using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using PrivacyFunctions.Domain;

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
}

/// <summary>What a token turned out to be.</summary>
internal abstract record LinkToken
{
    private LinkToken()
    {
    }

    /// <summary>Ours, for this purpose, and in time.</summary>
    public sealed record Valid(CaseId Case) : LinkToken;

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
        return WebEncoders.Base64UrlEncode(Protector(purpose).Protect(payload.ToArray()));
    }

    /// <summary>Reads a token; never throws for what a stranger sends.</summary>
    /// <exception cref="CryptographicException">The key ring cannot be read; its inner exception is the storage's.</exception>
    public LinkToken Read(LinkPurpose purpose, string token, DateTimeOffset now)
    {
        byte[] payload;
        try
        {
            payload = Protector(purpose).Unprotect(WebEncoders.Base64UrlDecode(token));
        }
        // Data Protection wraps whatever fails in a CryptographicException. Of a forged token nothing else is inside; with the
        // storage's exception inside, the token may be good, and its owner must not read that the link does not work.
        catch (Exception refused)
            when (refused is FormatException or CryptographicException { InnerException: null or CryptographicException })
        {
            return new LinkToken.Foreign();
        }

        var id = CaseId.FromBytes(payload.AsSpan(0, IdBytes));
        var until = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(payload.AsSpan(IdBytes)));
        return now < until ? new LinkToken.Valid(id) : new LinkToken.Expired(id);
    }

    private IDataProtector Protector(LinkPurpose purpose) =>
        protection.CreateProtector("PrivacyFunctions.Links", "v1", purpose.ToString());
}
