using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace PrivacyFunctions.Records;

/// <summary>Texts as they lie in our records: sealed, or as a commitment that nobody can open without its salt.</summary>
internal static class SealedTexts
{
    private const int SaltBytes = 32;

    /// <summary>Seals a text. As bytes it takes half the room in a row that it would take as a text.</summary>
    public static byte[] SealText(this IDataProtector seal, string text) => seal.Protect(Encoding.UTF8.GetBytes(text));

    /// <summary>Opens what <see cref="SealText"/> sealed.</summary>
    public static string OpenText(this IDataProtector seal, byte[] secret) => Encoding.UTF8.GetString(seal.Unprotect(secret));

    /// <summary>A salt that no other commitment has.</summary>
    public static string NewSalt() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SaltBytes));

    /// <summary>SHA-256 over the salt and the texts, a line each, in hexadecimal: it proves what they were as long as the salt exists.</summary>
    public static string Commit(string salt, params ReadOnlySpan<string> texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [salt, .. texts]))));
}
