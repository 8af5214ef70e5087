namespace PrivacyFunctions.DataMap;

/// <summary>Reads <c>country</c>: two capital letters of ISO 3166-1 (that such a country exists is not checked).</summary>
internal static class CountryReader
{
    public static string Read(MapNode node)
    {
        var country = node.Text("country");
        if (country.Length > 0 && (country.Length != 2 || !country.All(char.IsAsciiLetterUpper)))
            node.Problem($"'country' is '{country}', not two capital letters of ISO 3166-1");
        return country;
    }
}
