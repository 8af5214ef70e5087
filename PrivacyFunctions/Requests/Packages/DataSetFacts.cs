using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>What an answer says about a data set, in words.</summary>
internal static class DataSetFacts
{
    /// <summary>The sets for which we are controller and whose records no answer contains; its facts are told all the same.</summary>
    public static IEnumerable<DataSet> NotCopied(DataMapRegister map) =>
        map.DataSets.Where(set => set.Role is Role.Controller).Except(map.Told);

    public static IReadOnlyList<string> Categories(DataSet set) =>
        [.. set.Fields.Select(field => field.Category).Distinct().Select(Words)];

    private static string Words(FieldCategory category) => category switch
    {
        FieldCategory.Identity => "who you are",
        FieldCategory.Contact => "contact details",
        FieldCategory.Account => "account data",
        FieldCategory.Preference => "preferences",
        FieldCategory.Usage => "how you use our services",
        FieldCategory.Payment => "payments",
        FieldCategory.Communication => "communication with us",
        FieldCategory.Content => "what you wrote or uploaded",
        FieldCategory.Secret => "secrets for signing in (never copied)",
        _ => throw new ArgumentOutOfRangeException(nameof(category)),
    };

    public static string Basis(DataSet set) =>
        $"{set.Basis.Words} (GDPR art. {set.Basis.Article.Citation()})"
        + $"{(set.Basis.Interest is { } interest ? $" Our interest: {interest}" : "")}";

    public static string Automated(DataSet set) => set.AutomatedDecision is { } decision
        ? $"{decision.Logic} {decision.Consequences}"
        : "No decision is made about you by a machine alone.";
}
