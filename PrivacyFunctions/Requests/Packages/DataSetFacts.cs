using PrivacyFunctions.DataMap;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>What an answer says about a data set, in words.</summary>
internal static class DataSetFacts
{
    /// <summary>The sets for which we are controller and whose records no answer contains; its facts are told all the same.</summary>
    public static IEnumerable<DataSet> NotCopied(DataMapRegister map) =>
        map.DataSets.Where(set => set.Role is Role.Controller).Except(map.Told);

    public static IReadOnlyList<string> Categories(DataSet set) =>
        [.. set.Fields.Select(field => field.Category).Distinct().Select(Says.Categories.Of)];

    public static string Basis(DataSet set) => Says.Basis.Write(
        ("basis", set.Basis.Words), ("article", set.Basis.Article.Citation()), ("interest", set.Basis.Interest ?? (object)false));

    public static string Automated(DataSet set) => set.AutomatedDecision is { } decision
        ? $"{decision.Logic} {decision.Consequences}"
        : Says.NotAutomated;

    private static PackageText Says => PageText.Of<PackageText>();
}
