using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>What the pages of all packages say alike.</summary>
internal static class PackageWords
{
    public static string Count(long records) => TextFolder.English.Paragraphs("parts/records", ("n", records)).Single();

    /// <summary>The local date on which somebody's request was received, by whatever channel.</summary>
    public static DateOnly ReceivedOn(SubjectRequest request) => request.ReceivedOn ?? DateOnly.FromDateTime(request.ReceivedAt.UtcDateTime);

    public static string Day(DateOnly day) => TextFolder.English.Language.Write(day);

    /// <summary>Under which addresses somebody's data was searched, and what to do about others.</summary>
    public static string Searched(IReadOnlyList<EmailAddress> addresses) =>
        TextFolder.English.Paragraphs("parts/searched", ("addresses", addresses)).Single();
}
