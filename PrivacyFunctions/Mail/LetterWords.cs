using System.Globalization;
using PrivacyFunctions.Domain;

namespace PrivacyFunctions.Mail;

/// <summary>How letters write references, instants and days.</summary>
internal static class LetterWords
{
    public static string Reference(CaseId id) => $"Reference: {id}";

    /// <summary>To the minute, because what ends on a day does not last until its evening.</summary>
    public static string Minute(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Addresses in a sentence: <c>a@example.com</c>; <c>a@example.com and b@example.com</c>.</summary>
    public static string Addresses(IEnumerable<EmailAddress> addresses)
    {
        string[] all = [.. addresses.Select(address => address.Value)];
        return all is [.. var first, var last] && first.Length > 0 ? $"{string.Join(", ", first)} and {last}" : string.Concat(all);
    }

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
