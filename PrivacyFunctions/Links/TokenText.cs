using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace PrivacyFunctions.Links;

/// <summary>Payloads as the text of a link: encrypted and authenticated, in letters that a URL carries as they are.</summary>
internal static class TokenText
{
    /// <summary>The token of a payload.</summary>
    public static string Seal(this IDataProtector protector, ReadOnlySpan<byte> payload) =>
        WebEncoders.Base64UrlEncode(protector.Protect(payload.ToArray()));

    /// <summary>The payload; null for a text that is no token of this. Never throws for what a stranger sends.</summary>
    /// <exception cref="CryptographicException">The key ring cannot be read; its inner exception is the storage's.</exception>
    public static byte[]? Open(this IDataProtector protector, string token)
    {
        try
        {
            return protector.Unprotect(WebEncoders.Base64UrlDecode(token));
        }
        // Data Protection wraps whatever fails in a CryptographicException. Of a forged token nothing else is inside; with the
        // storage's exception inside, the token may be good, and its owner must not read that the link does not work.
        catch (Exception refused)
            when (refused is FormatException or CryptographicException { InnerException: null or CryptographicException })
        {
            return null;
        }
    }
}
