using PrivacyFunctions.Domain;

namespace PrivacyFunctions.Cases;

/// <summary>A step of a case.</summary>
internal sealed record CaseStep(CaseId CaseId);

/// <summary>A step that stays broken.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Step">The activity, and the part of it where several run side by side.</param>
/// <param name="Breakdown">Which breakdown of the case it is: the idempotency key.</param>
internal sealed record BrokenStep(CaseId CaseId, string Step, int Breakdown);
