using NodaTime.TimeZones;

namespace PrivacyFunctions.Requests.Access;

/// <summary>Countries by their English names, as the time zone database knows them;
/// the process itself has no culture data.</summary>
internal static class CountryNames
{
    private static readonly ILookup<string, string> Names =
        TzdbDateTimeZoneSource.Default.ZoneLocations!.ToLookup(zone => zone.CountryCode, zone => zone.CountryName);

    /// <summary>The name of a country.</summary>
    /// <param name="code">ISO 3166-1 alpha-2; what has no name stays as it is.</param>
    public static string Of(string code) => Names[code].FirstOrDefault() ?? code;
}
