using System.Globalization;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>How the pages of packages write numbers and days.</summary>
internal static class PackageWords
{
    public static string Count(long records) =>
        records == 1 ? "1 record" : string.Create(CultureInfo.InvariantCulture, $"{records:N0} records");

    public static string Day(DateTimeOffset instant) => instant.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
