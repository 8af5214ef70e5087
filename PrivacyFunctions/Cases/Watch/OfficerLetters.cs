using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Cases.Watch;

/// <summary>The workflow of a case has failed.</summary>
/// <param name="Reference">The case.</param>
internal sealed record WorkflowFailed(CaseId? Reference) : OfficerDraft(Reference);

/// <summary>A workflow that carries no case has failed.</summary>
/// <param name="Job">Its instance.</param>
internal sealed record JobFailed(string Job) : OfficerDraft;

/// <summary>Nobody knows why a case stands still.</summary>
/// <param name="Reference">The case.</param>
/// <param name="About">What it is about; see <see cref="KindWords.About"/>.</param>
internal sealed record CaseSilent(CaseId? Reference, string About) : OfficerDraft(Reference);

/// <summary>A case is due in a few days.</summary>
/// <param name="Reference">The case.</param>
/// <param name="About">What it is about; see <see cref="KindWords.About"/>.</param>
/// <param name="Due">When.</param>
/// <param name="Paused">When it is due with the days in which its clock stood still; null if that is the same.</param>
internal sealed record CaseDueSoon(CaseId? Reference, string About, DateOnly Due, DateOnly? Paused = null) : OfficerDraft(Reference);

/// <summary>A case was due and is not done.</summary>
/// <param name="Reference">The case.</param>
/// <param name="About">What it is about; see <see cref="KindWords.About"/>.</param>
/// <param name="Due">When it was due.</param>
/// <param name="Paused">When it is due with the days in which its clock stood still; null if that is the same.</param>
internal sealed record CaseOverdue(CaseId? Reference, string About, DateOnly Due, DateOnly? Paused = null) : OfficerDraft(Reference);

/// <summary>A person was asked something and has not answered.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Asked">When.</param>
internal sealed record QuestionUnanswered(CaseId? Reference, DateOnly Asked) : OfficerDraft(Reference);

/// <summary>How the cases stand on a day.</summary>
/// <param name="Today">The day.</param>
/// <param name="Digest">The numbers.</param>
internal sealed record DigestOfTheDay(DateOnly Today, Digest Digest) : OfficerDraft;
