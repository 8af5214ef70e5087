namespace PrivacyFunctions.DataMap;

/// <summary>How the map spells an enum's value: its name with a lower-case first letter (<c>thirdParty</c>).</summary>
internal static class MapSpelling
{
    public static string Of<T>(T value) where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
