using PrivacyFunctions.Subjects;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>What the pages of all packages say alike.</summary>
internal static class PackageWords
{
    public static string Count(long records) => TextFolder.English.Paragraphs("parts/records", ("n", records)).Single();

    public static string Day(DateTimeOffset instant) => TextFolder.English.Language.Write(DateOnly.FromDateTime(instant.UtcDateTime));

    /// <summary>Under which addresses somebody's data was searched, and what to do about others.</summary>
    public static string Searched(IReadOnlyList<EmailAddress> addresses) =>
        TextFolder.English.Paragraphs("parts/searched", ("addresses", addresses)).Single();
}
