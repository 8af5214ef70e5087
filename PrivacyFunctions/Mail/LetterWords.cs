using System.Globalization;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Mail;

/// <summary>How letters write references, instants and days.</summary>
internal static class LetterWords
{
    /// <summary>To the minute, because what ends on a day does not last until its evening.</summary>
    public static string Minute(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Under which addresses somebody's data was searched, and what to do about others.</summary>
    public static string Searched(IEnumerable<EmailAddress> addresses)
    {
        string[] all = [.. addresses.Select(address => address.Value)];
        var listed = all is [.. { Length: > 0 } first, var last] ? $"{string.Join(", ", first)} and {last}" : string.Concat(all);
        return $"We searched for data under {listed}. If you use other addresses with us, please ask again with each of them.";
    }

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
