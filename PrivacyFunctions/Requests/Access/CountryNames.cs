using NodaTime.TimeZones;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Requests.Access;

/// <summary>Countries by their names in our texts; the few where people cannot say that they live, by their English names in the time zone database.</summary>
internal static class CountryNames
{
    private static readonly ILookup<string, string> Names =
        TzdbDateTimeZoneSource.Default.ZoneLocations!.ToLookup(zone => zone.CountryCode, zone => zone.CountryName);

    /// <summary>The name of a country.</summary>
    /// <param name="code">ISO 3166-1 alpha-2; what has no name stays as it is.</param>
    public static string Of(string code) => Countries.Find(code)?.Name ?? Names[code].FirstOrDefault() ?? code;
}
