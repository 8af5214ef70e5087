using System.Collections.Frozen;

namespace PrivacyFunctions.DataMap;

/// <summary>The 27 member states, Iceland, Liechtenstein and Norway: inside, a recipient needs no transfer safeguard.</summary>
internal static class EuropeanEconomicArea
{
    private static readonly FrozenSet<string> Members =
        "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO"
            .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string country) => Members.Contains(country);
}
