using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests;

/// <summary>Asks the owner of the mailbox whether they asked.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Words">What the kind of request is called.</param>
/// <param name="Until">The link's end, UTC.</param>
/// <param name="AnswerBy">When the answer is due.</param>
/// <param name="Link">Where they confirm it.</param>
internal sealed record RequestConfirmation(CaseId Reference, ProofWords Words, DateTimeOffset Until, DateOnly AnswerBy, Uri Link)
    : PersonDraft(Reference), IFirstLetter
{
    /// <inheritdoc/>
    public required Uri Receipt { get; init; }

    /// <summary>How it came, if an operator entered it.</summary>
    public Came? Came { get; init; }

    /// <summary>The address that whoever asked in the person's name gave as their own; null if the person asked.</summary>
    public EmailAddress? Agent { get; init; }

    /// <summary>Whether the day on which the answer is due is over: no day can be promised.</summary>
    public bool IsOver { get; init; }

    /// <summary>Whether that day comes before the link's end: who confirms after it cannot have the answer by then.</summary>
    public bool IsBeforeEnd { get; init; }
}

/// <summary>How a request came that an operator entered.</summary>
/// <param name="Channel">By what way; one of <see cref="Channels.Entered"/>.</param>
/// <param name="On">On which local date.</param>
internal sealed record Came(string Channel, DateOnly On)
{
    /// <summary>How a request came; null if its person sent it by themselves, and so knows.</summary>
    public static Came? Of(SubjectRequest request) =>
        request is { Channel: { } channel, ReceivedOn: { } on } && (Channels.AreEntered(channel) || channel == Channels.Complaint) ? new(channel, on) : null;
}

/// <summary>Tells that nobody confirmed the request, how to go on with it and where to complain (GDPR art. 11(2), 12(2), 12(4)).</summary>
/// <param name="Reference">The case.</param>
/// <param name="Words">What the kind of request is called.</param>
/// <param name="Until">Until when they can go on with it, UTC.</param>
/// <param name="Link">Where they do.</param>
internal sealed record NotIdentified(CaseId Reference, ProofWords Words, DateTimeOffset Until, Uri Link) : PersonDraft(Reference);

/// <summary>The answer takes longer than a month, and why (GDPR art. 12(3)).</summary>
/// <param name="Reference">The case.</param>
/// <param name="Reason">Why.</param>
/// <param name="Due">When it is due now.</param>
internal sealed record AnswerTakesLonger(CaseId Reference, ExtensionReason Reason, DateOnly Due) : PersonDraft(Reference);

/// <summary>The request was refused as a whole (GDPR art. 12(4); L6).</summary>
/// <param name="Reference">The case.</param>
/// <param name="Ground">Why.</param>
/// <param name="Explanation">The same in the operator's words, a paragraph each.</param>
/// <param name="Stays">What the refusal does not take back.</param>
/// <param name="Instead">What they can have instead; null if there is nothing.</param>
internal sealed record RequestRefused(
    CaseId Reference, RefusalGround Ground, IReadOnlyList<string> Explanation, IReadOnlyList<string> Stays, Alternative? Instead) : PersonDraft(Reference);

/// <summary>What a person can have instead of what they asked for.</summary>
/// <param name="Words">What it is.</param>
/// <param name="Label">What the link to it is called.</param>
/// <param name="Link">Where that leads.</param>
internal sealed record Alternative(string Words, string Label, Uri Link);

/// <summary>The person withdrew their request.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Stays">What the withdrawal does not take back.</param>
/// <param name="Again">Where they can ask again.</param>
internal sealed record RequestWithdrawn(CaseId Reference, IReadOnlyList<string> Stays, Uri Again) : PersonDraft(Reference);

/// <summary>Tells whoever asked in somebody's name that the person is asked to confirm it. It tells nothing of the person.</summary>
/// <param name="Reference">The case.</param>
/// <param name="About">What the case is about.</param>
internal sealed record AgentAsked(CaseId Reference, string About) : AgentDraft(Reference);

/// <summary>Tells them that the person has confirmed it.</summary>
/// <param name="Reference">The case.</param>
internal sealed record AgentConfirmed(CaseId Reference) : AgentDraft(Reference);

/// <summary>Tells them that it has ended, and how.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Outcome">How.</param>
internal sealed record AgentClosed(CaseId Reference, CaseOutcome Outcome) : AgentDraft(Reference);
