using System.Text.RegularExpressions;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Callers;

/// <summary>What docs/roles.md says of each route, which is what the tests hold the app to.</summary>
internal static partial class RolesPage
{
    /// <summary>The roles that there are, one by one.</summary>
    public static IReadOnlyList<CallerRole> EachRole { get; } =
        [.. Enum.GetValues<CallerRole>().Where(role => role != CallerRole.None)];

    /// <summary>Each route, such as <c>POST /api/messages</c>, with the roles that it is for.</summary>
    public static IReadOnlyDictionary<string, CallerRole> Routes { get; } = Row().Matches(RepositoryFiles.Read("docs/roles.md"))
        .ToDictionary(row => row.Groups[1].Value, row => RolesOf(row.Groups[2].Value));

    /// <summary>The roles in the order of the table's columns.</summary>
    public static string[] Columns => Header().Match(RepositoryFiles.Read("docs/roles.md")).Groups[1].Value
        .Split('|', StringSplitOptions.TrimEntries);

    private static CallerRole RolesOf(string cells) => cells.Split('|', StringSplitOptions.TrimEntries)
        .Zip(Columns, (cell, role) => cell.Length > 0 ? CallerRoles.Read(role, out _) : CallerRole.None)
        .Aggregate((some, one) => some | one);

    [GeneratedRegex(@"^\| route \| (.*) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Header();

    [GeneratedRegex(@"^\| `([A-Z]+ /[^`]*)` \| ?(.*?) ?\|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
