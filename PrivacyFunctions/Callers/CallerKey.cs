using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PrivacyFunctions.Callers;

/// <summary>
/// The key of an operator or a system: 256 random bits, so that a plain SHA-256 of it can be kept in its place. It begins with
/// letters of its own, by which a scanner finds one that was published.
/// </summary>
internal sealed class CallerKey
{
    /// <summary>The header that carries it; no other place does.</summary>
    public const string Header = "X-Privacy-Key";

    private const string Prefix = "pfk_";
    private const int Bytes = 32;
    private const int NumberLength = 12;

    private readonly string _text;

    private CallerKey(string text) => _text = text;

    /// <summary>SHA-256 of it, as 64 hexadecimal digits.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(_text)));

    /// <summary>A new one.</summary>
    public static CallerKey Create() => new(Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Reads what a caller gave; null if it cannot be a key.</summary>
    public static CallerKey? Read(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && Base64Url.IsValid(text.AsSpan(Prefix.Length), out var length) && length == Bytes ? new(text) : null;

    /// <summary>Whether a key, or what was meant to be one, stands anywhere in a text.</summary>
    public static bool IsIn(string text) => text.Contains(Prefix, StringComparison.Ordinal);

    /// <summary>By what a key is told from others where people see it: the beginning of its hash.</summary>
    public static string NumberOf(string hash) => hash[..NumberLength];

    /// <summary>The key itself, for whoever it is made for.</summary>
    public string Reveal() => _text;

    /// <summary>Its number, so that no log gets the key by accident.</summary>
    public override string ToString() => NumberOf(Hash);
}
