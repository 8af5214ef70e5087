namespace PrivacyFunctions.Texts;

/// <summary>A country where people may live, and the supervisory authority to which they can complain there (R-COMPLAIN).</summary>
/// <param name="Code">ISO 3166-1 alpha-2.</param>
/// <param name="Name">Its name.</param>
/// <param name="Authority">What the authority is called; null where we know of none.</param>
/// <param name="Site">Where it is found on the web; null where we know of none.</param>
internal sealed record Country(string Code, string Name, string? Authority = null, string? Site = null);

/// <summary>The countries, by their names.</summary>
internal static class Countries
{
    /// <summary>All of them, in the order in which people see them.</summary>
    public static IReadOnlyList<Country> All { get; } = TextFolder.English.Read<IReadOnlyList<Country>>("countries");

    /// <summary>The country of that code; null if it is none.</summary>
    public static Country? Find(string? code) => All.FirstOrDefault(country => country.Code == code);
}
