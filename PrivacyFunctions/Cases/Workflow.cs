using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Requests;

namespace PrivacyFunctions.Cases;

/// <summary>Which orchestration carries a kind of case. Each capability registers its own.</summary>
/// <param name="Kind">The kind of case.</param>
/// <param name="Orchestrator">Its name.</param>
/// <param name="InputOf">What an instance is started with: ids and policy only.</param>
internal sealed record Workflow(CaseKind Kind, string Orchestrator, Func<Case, object> InputOf)
{
    /// <summary>The instance of a case: <c>{kind}-{id}</c>.</summary>
    public static string InstanceOf(CaseKind kind, CaseId id) => $"{kind.ToString().ToLowerInvariant()}-{id}";
}
