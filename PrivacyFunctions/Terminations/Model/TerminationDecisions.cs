using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Exports.Model;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Terminations.Model;

/// <summary>
/// The decisions of a termination, as pure functions of the case, the command and the legal instant. Late and duplicate
/// commands come to <see cref="Decision.NothingToDo"/>; of two that exclude each other the first committed wins.
/// </summary>
public static class TerminationDecisions
{
    // What is left of the time before the deadline belongs to the purge, for its retries.
    private static readonly TimeSpan RoomOfThePurge = TimeSpan.FromDays(3);

    private static readonly TimeSpan TimeToFetch = TimeSpan.FromDays(7);

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
    public static Decision Confirm(Termination state, bool isOwner, TerminationFact.Terminated takesEffect) => state switch
    {
        { Status: not TerminationStatus.AwaitingConfirmation } => Decision.Nothing,
        { By: TerminationBy.Company } => new Decision.Change(takesEffect), // which proves nobody's mailbox
        _ when isOwner => new Decision.Change(new CaseFact.Confirmed(), takesEffect),
        _ => new Decision.Change(
            new CaseFact.Confirmed(), new TerminationFact.OwnershipRefused(), new CaseFact.Closed(CaseOutcome.NotTheOwner)),
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

    /// <summary>
    /// The service data lies ready for the owner, until the purge starts. A copy that comes late stays for a week, for which the
    /// purge waits as long as its deadline allows.
    /// </summary>
    public static Decision Offer(Termination state, PackageContents contents, DateTimeOffset legalNow) =>
        state is { HasItsData: true, OfferedUntil: null, Instants: { } instants } && legalNow < WaitsUntil(instants)
            ? new Decision.Change(
                new CaseFact.Gathered(contents.DataSets, contents.Records),
                new CaseFact.ExportOffered(OfferedUntil(instants, legalNow), contents.Sha256, contents.Bytes))
            : Decision.Nothing;

    /// <summary>Until when the purge waits for what goes before it; legal time.</summary>
    public static DateTimeOffset WaitsUntil(TerminationInstants instants) => instants.PurgeBy - RoomOfThePurge;

    /// <summary>What goes before the purge at that instant; null when it is the purge's turn.</summary>
    /// <param name="state">The case.</param>
    /// <param name="copyIsDue">Whether its owner is still to get the copy of the account's data.</param>
    /// <param name="requestIsOpen">Whether a request of the owner for their data is still to be answered.</param>
    /// <param name="legalNow">The legal instant.</param>
    public static PurgeForerunner? GoesFirst(Termination state, bool copyIsDue, bool requestIsOpen, DateTimeOffset legalNow) =>
        legalNow >= WaitsUntil(state.Instants!) ? null
        : copyIsDue || state.OfferedUntil > legalNow ? PurgeForerunner.OwnersCopy
        : requestIsOpen ? PurgeForerunner.AccessRequest
        : null;

    /// <summary>The purge waits for what goes before it.</summary>
    public static Decision Defer(Termination state, PurgeForerunner first) => state.Status == TerminationStatus.AwaitingPurge
        ? new Decision.Change(new TerminationFact.PurgeDeferred(first, WaitsUntil(state.Instants!)))
        : Decision.Nothing;

    /// <summary>The account goes on, if the time to undo is not over at that instant.</summary>
    public static Decision Undo(Termination state, DateTimeOffset legalNow) =>
        state.Status == TerminationStatus.Undoable && legalNow < state.Instants!.UndoUntil
            ? new Decision.Change(new TerminationFact.TerminationUndone())
            : Decision.Nothing;

    /// <summary>The time to undo is over at that instant. An undo that came first wins.</summary>
    public static Decision EndUndo(Termination state, DateTimeOffset legalNow) =>
        state.Status == TerminationStatus.Undoable && legalNow >= state.Instants!.UndoUntil
            ? new Decision.Change(new TerminationFact.UndoOver(Erasure: null))
            : Decision.Nothing;

    /// <summary>The owner's erasure request wins for controller data and ends the undo; service data waits for its purge.</summary>
    public static Decision EndUndoForErasure(Termination state, CaseId erasure) =>
        state.Status == TerminationStatus.Undoable ? new Decision.Change(new TerminationFact.UndoOver(erasure)) : Decision.Nothing;

    /// <summary>The purge begins, from its start instant on, whoever woke the case.</summary>
    public static Decision BeginPurge(Termination state, DateTimeOffset legalNow) =>
        state.Status == TerminationStatus.AwaitingPurge && legalNow >= state.Instants!.PurgeFrom
            ? new Decision.Change(new TerminationFact.PurgeBegun())
            : Decision.Nothing;

    /// <summary>People are told that the purge is not finished.</summary>
    public static Decision Escalate(Termination state) => state is { HasItsData: true } or { Status: TerminationStatus.Purging }
        ? new Decision.Change(new TerminationFact.PurgeEscalated(state.Dates!.Deadline))
        : Decision.Nothing;

    /// <summary>The re-scan found nothing.</summary>
    public static Decision NotePurged(Termination state, DateTimeOffset legalNow) => state.Status == TerminationStatus.Purging
        ? new Decision.Change(new TerminationFact.Purged(legalNow))
        : Decision.Nothing;

    /// <summary>A later search of the active database is over.</summary>
    /// <param name="state">The case.</param>
    /// <param name="found">How many items each data set has again; only those that have any.</param>
    public static Decision NoteSearch(Termination state, IReadOnlyCollection<TerminationFact.LeftoversFound> found) =>
        state.Status is not (TerminationStatus.AwaitingBackups or TerminationStatus.Emptied) ? Decision.Nothing
        : found.Count == 0 ? new Decision.Change(new TerminationFact.NothingCameBack())
        : new Decision.Change([.. found]);

    /// <summary>No backup holds it any more.</summary>
    public static Decision NoteBackupsEmpty(Termination state, DateOnly opened, string manifest) =>
        state.Status == TerminationStatus.AwaitingBackups
            ? new Decision.Change(new TerminationFact.BackupsEmpty(opened, manifest))
            : Decision.Nothing;

    /// <summary>Nothing more will happen.</summary>
    public static Decision Close(Termination state) => state.Status switch
    {
        TerminationStatus.Emptied => new Decision.Change(new CaseFact.Closed(CaseOutcome.Purged)),
        TerminationStatus.Undone => new Decision.Change(new CaseFact.Closed(CaseOutcome.Undone)),
        TerminationStatus.NotConfirmed => new Decision.Change(new CaseFact.Closed(CaseOutcome.NotIdentified)),
        _ => Decision.Nothing,
    };

    private static DateTimeOffset OfferedUntil(TerminationInstants instants, DateTimeOffset legalNow)
    {
        var fetched = legalNow + TimeToFetch;
        return fetched <= instants.PurgeFrom ? instants.PurgeFrom
            : fetched <= WaitsUntil(instants) ? fetched
            : WaitsUntil(instants);
    }
}
