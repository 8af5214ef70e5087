using PrivacyFunctions.Domain.Clock;

namespace PrivacyFunctions.Domain.Requests;

/// <summary>Which right a person uses.</summary>
public enum RequestKind
{
    /// <summary>A copy of one's data and the facts of art. 15(1) and (2) (R-ACCESS).</summary>
    Access,
}

/// <summary>Where a case stands.</summary>
public enum CaseStatus
{
    /// <summary>Received; the mailbox is not proven yet.</summary>
    AwaitingConfirmation,

    /// <summary>Not confirmed in time. The person was told, and can still resume.</summary>
    NotIdentified,

    /// <summary>The mailbox is proven; the answer is being made.</summary>
    Confirmed,

    /// <summary>The answer lies ready to be fetched.</summary>
    Offered,

    /// <summary>Nothing more will happen.</summary>
    Closed,
}

/// <summary>How a case ended, or is about to.</summary>
public enum CaseOutcome
{
    /// <summary>Still open.</summary>
    None,

    /// <summary>The person got the answer.</summary>
    Answered,

    /// <summary>"We could not identify you" (rule L9).</summary>
    NotIdentified,

    /// <summary>Another open case of the same person answers it.</summary>
    AnsweredByAnotherCase,
}

/// <summary>
/// The policy that applies to one case, fixed when it was received and carried in the orchestration's input.
/// </summary>
/// <param name="Clock">The legal clock.</param>
/// <param name="ConfirmationWindow">How long the first link works, in legal time.</param>
/// <param name="ResumeWindow">How long the link of the "could not identify you" notice works after that.</param>
/// <param name="ExportLifetime">How long the package is kept for the person.</param>
public sealed record CasePlan(
    LegalClock Clock, TimeSpan ConfirmationWindow, TimeSpan ResumeWindow, TimeSpan ExportLifetime);

/// <summary>
/// The state of one data-subject request. It changes only by <see cref="Apply"/>; all instants are legal time, UTC.
/// </summary>
public sealed record Case
{
    /// <summary>Its reference.</summary>
    public required CaseId Id { get; init; }

    /// <summary>Which right.</summary>
    public required RequestKind Kind { get; init; }

    /// <summary>When it was received, by whatever channel.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it must be answered, and why then.</summary>
    public required DueDate Due { get; init; }

    /// <summary>The policy that applies to it.</summary>
    public required CasePlan Plan { get; init; }

    /// <summary>Where it stands.</summary>
    public CaseStatus Status { get; init; } = CaseStatus.AwaitingConfirmation;

    /// <summary>How it ended, or is about to.</summary>
    public CaseOutcome Outcome { get; init; }

    /// <summary>The step that waits for a person to look, if one does.</summary>
    public string? Attention { get; init; }

    /// <summary>Until when the package is kept, once it is offered.</summary>
    public DateTimeOffset? OfferedUntil { get; init; }

    /// <summary>Whether the package still exists.</summary>
    public bool ExportDeleted { get; init; }

    /// <summary>Until when the first link confirms.</summary>
    public DateTimeOffset ConfirmBy => ReceivedAt + Plan.ConfirmationWindow;

    /// <summary>Until when the link of the "could not identify you" notice confirms.</summary>
    public DateTimeOffset ResumeBy => ConfirmBy + Plan.ResumeWindow;

    /// <summary>The case after this fact.</summary>
    public Case Apply(CaseFact fact) => fact switch
    {
        CaseFact.Confirmed => this with { Status = CaseStatus.Confirmed, Outcome = CaseOutcome.None },
        CaseFact.NotIdentified => this with { Status = CaseStatus.NotIdentified, Outcome = CaseOutcome.NotIdentified },
        CaseFact.AttentionNeeded needed => this with { Attention = needed.Step },
        CaseFact.AttentionOver over => this with { Attention = Attention == over.Step ? null : Attention },
        CaseFact.ExportOffered offered => this with { Status = CaseStatus.Offered, OfferedUntil = offered.Until },
        CaseFact.ExportDeleted => this with { ExportDeleted = true },
        CaseFact.Closed closed => this with { Status = CaseStatus.Closed, Outcome = closed.Outcome },
        CaseFact.LinkedToOpenCase => this with { Status = CaseStatus.Closed, Outcome = CaseOutcome.AnsweredByAnotherCase },
        _ => this,
    };
}
