using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Cases;

/// <summary>A step of a case.</summary>
internal sealed record CaseStep(CaseId CaseId);

/// <summary>A step that stays broken.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Step">The activity, and the part of it where several run side by side.</param>
/// <param name="Breakdown">Which breakdown of the orchestration it is.</param>
/// <param name="Scope">Tells the orchestrations of one case apart; null for the main one.</param>
internal sealed record BrokenStep(CaseId CaseId, string Step, int Breakdown, string? Scope = null)
{
    /// <summary>What tells it from all others of the same workflow. Histories hold it.</summary>
    public string Key => Scope is null ? $"{Breakdown}" : $"{Scope}-{Breakdown}";

    /// <summary>The idempotency key of noting it, which no earlier workflow of the case used.</summary>
    /// <param name="restarts">How often the case's workflow began again.</param>
    public string KeyAfter(int restarts) => restarts == 0 ? Key : $"{Key}-restart-{restarts}";
}
