using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace PrivacyFunctions.Subjects;

/// <summary>
/// A mailbox address in the one spelling by which people are compared and found: trimmed, lower case, the domain in
/// punycode. Two spellings that reach the same mailbox are equal. <see cref="ToString"/> withholds the address, so that
/// none reaches a log by way of an interpolated string; whoever needs it asks for <see cref="Value"/>.
/// </summary>
internal readonly record struct EmailAddress
{
    private const int LongestAddress = 254; // RFC 5321 4.5.3.1, with the angle brackets taken off
    private const int LongestLocalPart = 64;
    private const string NotInAnAtom = "()<>[]:;,\\\"@"; // quoted local parts are refused: nobody uses them but attackers

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private readonly string? value;

    private EmailAddress(string normalised) => value = normalised;

    /// <summary>The normalised address. Throws for <c>default</c>, which is no address.</summary>
    public string Value => value ?? throw new InvalidOperationException("This is no e-mail address: it was never parsed.");

    /// <exception cref="FormatException">The text is no address. The message does not repeat it.</exception>
    public static EmailAddress Parse(string? text) =>
        TryParse(text, out var address) ? address : throw new FormatException("This is no e-mail address.");

    public static bool TryParse([NotNullWhen(true)] string? text, out EmailAddress address)
    {
        address = default;
        var trimmed = text?.Trim() ?? "";
        var at = trimmed.LastIndexOf('@');
        if (at <= 0 || trimmed.Length > LongestAddress)
            return false;

        var local = trimmed[..at].ToLowerInvariant();
        if (!IsLocalPart(local) || !TryDomain(trimmed[(at + 1)..], out var domain))
            return false;

        var normalised = $"{local}@{domain}";
        if (normalised.Length > LongestAddress)
            return false;

        address = new EmailAddress(normalised);
        return true;
    }

    public override string ToString() => "(e-mail address)";

    private static bool IsLocalPart(string local) =>
        local.Length <= LongestLocalPart
        && !local.StartsWith('.') && !local.EndsWith('.') && !local.Contains("..", StringComparison.Ordinal)
        && !local.Any(c => NotInAnAtom.Contains(c, StringComparison.Ordinal))
        && local.EnumerateRunes().All(IsVisible);

    // Two addresses that look the same must not be two people: nothing that a reader cannot see, letters of every script.
    private static bool IsVisible(Rune rune) =>
        rune != Rune.ReplacementChar // also what half a surrogate pair is enumerated as
        && Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static bool TryDomain(string text, out string domain)
    {
        domain = "";
        if (!text.Contains('.', StringComparison.Ordinal))
            return false;
        try
        {
            domain = Idn.GetAscii(text.ToLowerInvariant()).ToLowerInvariant();
            return !domain.EndsWith('.');
        }
        catch (ArgumentException)
        {
            return false; // IdnMapping has no Try: an empty or overlong label, or a character no domain may hold
        }
    }
}
