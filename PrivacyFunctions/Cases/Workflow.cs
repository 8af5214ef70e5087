using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Requests;

namespace PrivacyFunctions.Cases;

/// <summary>Which orchestration carries a kind of case. Each capability registers its own.</summary>
/// <param name="Kind">The kind of case.</param>
/// <param name="Orchestrator">Its name.</param>
/// <param name="InputOf">What an instance is started with: ids and policy only.</param>
internal sealed record Workflow(CaseKind Kind, string Orchestrator, Func<Case, object> InputOf)
{
    /// <summary>The stage of a termination that destroys, and waits for holds.</summary>
    public const string PurgeStage = "purge";

    /// <summary>The instance of a case: <c>{kind}-{id}</c>.</summary>
    public static string InstanceOf(CaseKind kind, CaseId id) => $"{kind.ToString().ToLowerInvariant()}-{id}";

    /// <summary>The instances that may work on a case: its own, and those of its stages (<c>{parent}:{stage}</c>).</summary>
    public static IReadOnlyList<string> InstancesOf(CaseKind kind, CaseId id)
    {
        var main = InstanceOf(kind, id);
        return kind == CaseKind.Termination ? [main, $"{main}:{PurgeStage}"] : [main];
    }

    /// <summary>The case that an instance, or a stage of it (<c>{kind}-{id}:{stage}</c>), works on; null for other instances.</summary>
    public static CaseId? CaseOf(string instance) =>
        instance.Split(':')[0].Split('-') is [var kind, var id]
            && Enum.TryParse<CaseKind>(kind, ignoreCase: true, out _) && CaseId.TryParse(id, out var found)
            ? found
            : null;
}
