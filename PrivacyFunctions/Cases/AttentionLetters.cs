using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Cases;

/// <summary>A step was tried and tried, or waits for what should have come.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Step">A name of ours: it names nobody.</param>
internal sealed record StepBroken(CaseId? Reference, string Step) : OfficerDraft(Reference);

/// <summary>A person wrote to us about their request.</summary>
/// <param name="Reference">The case.</param>
internal sealed record PersonWrote(CaseId? Reference) : OfficerDraft(Reference);
