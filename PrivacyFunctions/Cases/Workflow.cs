using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Cases;

/// <summary>How the orchestrations that work on a case are called.</summary>
internal static class Workflow
{
    private const char Stage = ':';

    /// <summary>
    /// The instance of a case: <c>{kind}-{id}</c>. All that work on the case begin with it: a stage is <c>{instance}:{stage}</c>,
    /// and may have stages of its own.
    /// </summary>
    public static string InstanceOf(CaseKind kind, CaseId id) => $"{kind.Name}-{id}";

    /// <summary>What tells a stage from all others of its case: the instance without the case.</summary>
    public static string? ScopeOf(string instance) =>
        instance.IndexOf(Stage) is > 0 and var end ? instance[(end + 1)..] : null;

    /// <summary>Reads which case an instance, or a stage of it, would work on, if there is such a kind.</summary>
    public static bool TryRead(string instance, out CaseKind kind, out CaseId id)
    {
        (kind, id) = (default, default);
        return instance.Split(Stage)[0].Split('-') is [var word, var digits]
            && CaseKind.TryParse(word, out kind) && CaseId.TryParse(digits, out id);
    }
}
