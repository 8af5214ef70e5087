using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Cases;

/// <summary>Which orchestration carries a kind of case. Each capability registers its own.</summary>
/// <param name="Kind">The kind of case.</param>
/// <param name="Orchestrator">Its name.</param>
/// <param name="InputOf">What an instance is started with: ids and policy only.</param>
internal sealed record Workflow(CaseKind Kind, string Orchestrator, Func<Case, object> InputOf)
{
    /// <summary>The stage of a termination that destroys, and waits for holds.</summary>
    public const string PurgeStage = "purge";

    /// <summary>The stage of a termination that makes the owner's copy.</summary>
    public const string PackageStage = "package";

    /// <summary>The stage of a termination that looks whether everything stays gone, and waits for the backups.</summary>
    public const string AfterPurgeStage = "after-purge";

    private const char Stage = ':';

    /// <summary>
    /// The instance of a case: <c>{kind}-{id}</c>. All that work on the case begin with it: a stage is <c>{instance}:{stage}</c>,
    /// and may have stages of its own.
    /// </summary>
    public static string InstanceOf(CaseKind kind, CaseId id) => $"{kind.ToString().ToLowerInvariant()}-{id}";

    /// <summary>What tells a stage from all others of its case: the instance without the case.</summary>
    public static string? ScopeOf(string instance) =>
        instance.IndexOf(Stage) is > 0 and var end ? instance[(end + 1)..] : null;

    /// <summary>The case that an instance, or a stage of it, works on; null for other instances.</summary>
    public static CaseId? CaseOf(string instance) =>
        instance.Split(Stage)[0].Split('-') is [var kind, var id]
            && Enum.TryParse<CaseKind>(kind, ignoreCase: true, out _) && CaseId.TryParse(id, out var found)
            ? found
            : null;
}
