using PrivacyFunctions.Domain.Requests;

namespace PrivacyFunctions.Domain.Accounts;

/// <summary>
/// The decisions of a termination, as pure functions of the case, the command and the legal instant. Late and duplicate
/// commands come to <see cref="Decision.NothingToDo"/>; of two that exclude each other the first committed wins.
/// </summary>
public static class TerminationDecisions
{
    /// <summary>A termination as it is asked for by the owner, or entered for the company; nothing took effect yet.</summary>
    public static Termination Receive(
        CaseId id, AccountId account, TerminationBy by, TerminationPlan plan, DateTimeOffset legalNow) => new()
    {
        Id = id,
        Kind = CaseKind.Termination,
        ReceivedAt = legalNow,
        Account = account,
        By = by,
        Plan = plan,
    };

    /// <summary>
    /// The owner's confirmation, which takes effect if the account is theirs and otherwise ends the case; or the company's own
    /// decision.
    /// </summary>
    public static Decision Confirm(Termination state, bool isOwner, CaseFact.Terminated takesEffect) => state switch
    {
        { Status: not TerminationStatus.AwaitingConfirmation } => Decision.Nothing,
        { By: TerminationBy.Company } => new Decision.Change(takesEffect), // which proves nobody's mailbox
        _ when isOwner => new Decision.Change(new CaseFact.Confirmed(), takesEffect),
        _ => new Decision.Change(
            new CaseFact.Confirmed(), new CaseFact.OwnershipRefused(), new CaseFact.Closed(CaseOutcome.NotTheOwner)),
    };

    /// <summary>The mail that asks to confirm goes out, as long as nobody has confirmed.</summary>
    public static Decision Ask(Termination state) => state.Status == TerminationStatus.AwaitingConfirmation
        ? new Decision.Change(new CaseFact.ConfirmationAsked())
        : Decision.Nothing;

    /// <summary>Another case ends the same account already.</summary>
    public static Decision Join(Termination state, CaseId other) => state.Status == TerminationStatus.AwaitingConfirmation
        ? new Decision.Change(new CaseFact.LinkedToOpenCase(other), new CaseFact.Closed(CaseOutcome.AnsweredByAnotherCase))
        : Decision.Nothing;

    /// <summary>Nobody confirmed in time, which is over at that instant. A confirmation that came first wins.</summary>
    public static Decision GiveUpWaiting(Termination state, DateTimeOffset legalNow) =>
        state.Status == TerminationStatus.AwaitingConfirmation && legalNow >= state.ConfirmBy
            ? new Decision.Change(new CaseFact.NotIdentified())
            : Decision.Nothing;

    /// <summary>The service data lies ready for the owner, until the purge starts.</summary>
    public static Decision Offer(Termination state, PackageContents contents) =>
        state is { HasItsData: true, OfferedUntil: null, Instants: { } instants }
            ? new Decision.Change(
                new CaseFact.Gathered(contents.DataSets, contents.Records),
                new CaseFact.ExportOffered(instants.PurgeFrom, contents.Sha256, contents.Bytes))
            : Decision.Nothing;

    /// <summary>The account goes on, if the time to undo is not over at that instant.</summary>
    public static Decision Undo(Termination state, DateTimeOffset legalNow) =>
        state.Status == TerminationStatus.Undoable && legalNow < state.Instants!.UndoUntil
            ? new Decision.Change(new CaseFact.TerminationUndone())
            : Decision.Nothing;

    /// <summary>The time to undo is over at that instant. An undo that came first wins.</summary>
    public static Decision EndUndo(Termination state, DateTimeOffset legalNow) =>
        state.Status == TerminationStatus.Undoable && legalNow >= state.Instants!.UndoUntil
            ? new Decision.Change(new CaseFact.UndoOver(Erasure: null))
            : Decision.Nothing;

    /// <summary>The owner's erasure request wins for controller data and ends the undo; service data waits for its purge.</summary>
    public static Decision EndUndoForErasure(Termination state, CaseId erasure) =>
        state.Status == TerminationStatus.Undoable ? new Decision.Change(new CaseFact.UndoOver(erasure)) : Decision.Nothing;

    /// <summary>The purge begins, from its start instant on, whoever woke the case.</summary>
    public static Decision BeginPurge(Termination state, DateTimeOffset legalNow) =>
        state.Status == TerminationStatus.AwaitingPurge && legalNow >= state.Instants!.PurgeFrom
            ? new Decision.Change(new CaseFact.PurgeBegun())
            : Decision.Nothing;

    /// <summary>People are told that the purge is not finished.</summary>
    public static Decision Escalate(Termination state) => state is { HasItsData: true } or { Status: TerminationStatus.Purging }
        ? new Decision.Change(new CaseFact.PurgeEscalated(state.Dates!.Deadline))
        : Decision.Nothing;

    /// <summary>The re-scan found nothing.</summary>
    public static Decision NotePurged(Termination state, DateTimeOffset legalNow) => state.Status == TerminationStatus.Purging
        ? new Decision.Change(new CaseFact.Purged(legalNow))
        : Decision.Nothing;

    /// <summary>No backup holds it any more.</summary>
    public static Decision NoteBackupsEmpty(Termination state, DateOnly opened, string manifest) =>
        state.Status == TerminationStatus.AwaitingBackups
            ? new Decision.Change(new CaseFact.BackupsEmpty(opened, manifest))
            : Decision.Nothing;

    /// <summary>Nothing more will happen.</summary>
    public static Decision Close(Termination state) => state.Status switch
    {
        TerminationStatus.Emptied => new Decision.Change(new CaseFact.Closed(CaseOutcome.Purged)),
        TerminationStatus.Undone => new Decision.Change(new CaseFact.Closed(CaseOutcome.Undone)),
        TerminationStatus.NotConfirmed => new Decision.Change(new CaseFact.Closed(CaseOutcome.NotIdentified)),
        _ => Decision.Nothing,
    };
}
