using System.Text.RegularExpressions;

namespace PrivacyFunctions.DataMap;

/// <summary>The two spellings that names in the map may have; whatever has one needs no escaping in a query.</summary>
internal static partial class MapName
{
    public static bool IsSlug(string? text) => text is not null && Slug().IsMatch(text);

    /// <summary>A property of a table row or a JSON document.</summary>
    public static bool IsProperty(string? text) => text is not null && Property().IsMatch(text);

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,254}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Property();
}
