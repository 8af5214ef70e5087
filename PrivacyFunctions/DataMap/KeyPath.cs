using System.Buffers.Text;
using System.Text;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.DataMap;

/// <summary>
/// A key with one place to fill: <c>{email}</c>, <c>{person}</c>, <c>{account}</c>, <c>{case}</c> or <c>{keyed}</c>, as in
/// <c>{email}/</c>. An address is filled in as base64url of its normalised UTF-8 bytes, because table keys may not hold
/// every character of an address; ids are filled in as they are and must be safe already.
/// </summary>
internal sealed record KeyPath
{
    private readonly string before;
    private readonly string after;

    private KeyPath(string before, KeyKind kind, string after) => (this.before, Kind, this.after) = (before, kind, after);

    public KeyKind Kind { get; }

    /// <summary>Whether filled keys of two people can never be prefixes of each other (<c>p-1</c> and <c>p-10</c>).</summary>
    public bool IsFolder => after.StartsWith('/');

    public static bool TryParse(string? template, out KeyPath path)
    {
        foreach (var kind in Enum.GetValues<KeyKind>())
        {
            var parts = (template ?? "").Split(Placeholder(kind));
            if (parts.Length != 2 || parts.Any(part => part.Contains('{', StringComparison.Ordinal)))
                continue;
            path = new KeyPath(parts[0], kind, parts[1]);
            return true;
        }

        path = new KeyPath("", KeyKind.Email, "");
        return false;
    }

    public string Fill(EmailAddress address) => Fill(KeyKind.Email, Encode(address));

    /// <exception cref="ArgumentException">The id holds a character that is not safe in a key.</exception>
    public string Fill(KeyKind kind, string id) =>
        kind != Kind ? throw new InvalidOperationException($"{this} is not filled with {Placeholder(kind)}.")
        : IsSafe(id) ? before + id + after
        : throw new ArgumentException("An id in a key holds letters, digits, '-' and '_' only.", nameof(id));

    /// <summary>
    /// What a key was filled with: an id, or a normalised address. Null when this path cannot have filled it.
    /// </summary>
    public string? Read(string key) =>
        ReadFolder(key, out var rest) is { } filled && rest.Length == 0 ? filled : null;

    /// <summary>The same of the folder in which a blob lies.</summary>
    /// <param name="name">The blob's name.</param>
    /// <param name="rest">The name within the folder.</param>
    public string? ReadFolder(string name, out string rest)
    {
        rest = "";
        if (!name.StartsWith(before, StringComparison.Ordinal))
            return null;
        var end = after.Length == 0 ? name.Length : name.IndexOf(after, before.Length, StringComparison.Ordinal);
        if (end < 0)
            return null;
        var id = name[before.Length..end];
        if (!IsSafe(id))
            return null;
        rest = name[(end + after.Length)..];
        return Kind is not KeyKind.Email ? id : Decode(id)?.Value;
    }

    // What is not exactly as we encode it was made by somebody else, in a way that we do not know.
    private static EmailAddress? Decode(string id) =>
        Base64Url.IsValid(id) && EmailAddress.TryParse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(id)), out var address)
            && Encode(address) == id
                ? address
                : null;

    public static string Encode(EmailAddress address) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(address.Value));

    /// <summary>Whether the text can stand in a table key or blob name as it is.</summary>
    public static bool IsSafe(string? id) =>
        id is { Length: > 0 } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    public override string ToString() => before + Placeholder(Kind) + after;

    private static string Placeholder(KeyKind kind) => kind switch
    {
        KeyKind.Email => "{email}",
        KeyKind.Person => "{person}",
        KeyKind.Account => "{account}",
        KeyKind.Case => "{case}",
        KeyKind.Keyed => "{keyed}",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

/// <summary>What a key is made from.</summary>
internal enum KeyKind
{
    Email,
    Person,
    Account,
    Case,

    /// <summary>What our own records know a person by: made of an address with a secret.</summary>
    Keyed,
}
