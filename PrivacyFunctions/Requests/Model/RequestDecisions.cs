using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Requests.Model;

/// <summary>Makes the state of a request of one kind that was just received.</summary>
public delegate TRequest NewRequest<out TRequest>(CaseId id, DateTimeOffset receivedAt, DueDate due, CasePlan plan)
    where TRequest : SubjectRequest;

/// <summary>
/// The decisions that all data-subject requests have in common, as pure functions of the request and the command: from its
/// receipt to the proof of the mailbox, and its end. Late and duplicate commands are ordinary: they come to
/// <see cref="Decision.NothingToDo"/>.
/// </summary>
public static class RequestDecisions
{
    /// <summary>A request as it is received on that local date, with the day on which an answer is due.</summary>
    public static (TRequest Request, CaseFact Fact) Receive<TRequest>(
        NewRequest<TRequest> @new, CaseId id, CasePlan plan, DateTimeOffset legalNow, DateOnly receivedOn,
        Residence residence, Calendars calendars, string channel, string commitment, string? ground = null,
        string? country = null, bool askedByAgent = false)
        where TRequest : SubjectRequest
    {
        var due = StatutoryClock.Answer(receivedOn, residence, calendars);
        SubjectRequest received = @new(id, legalNow, due, plan);
        return (
            (TRequest)(received with
            {
                Residence = residence, Country = country, GroundGiven = ground, Channel = channel, ReceivedOn = receivedOn,
                AskedByAgent = askedByAgent,
            }),
            new CaseFact.Received(received.Kind, channel, StatutoryClock.WithoutPlace(due, StatutoryClock.Answer(receivedOn, Residence.Elsewhere, calendars)), commitment)
            {
                ReceivedOn = Channels.AreEntered(channel) ? receivedOn : null, AskedByAgent = askedByAgent,
            });
    }

    /// <summary>The same request, whose mailbox was proven when it was asked: it begins confirmed.</summary>
    public static (SubjectRequest Request, IReadOnlyList<CaseFact> Facts) ReceiveProven((SubjectRequest Request, CaseFact Fact) received, string proof) =>
        (received.Request with { Proof = proof }, new List<CaseFact> { received.Fact, new CaseFact.Confirmed { Proof = proof } });

    /// <summary>
    /// The mailbox is asked about other requests today. This one is not lost: it joins an open one, whose answer serves both.
    /// </summary>
    public static Decision Join(SubjectRequest request, CaseId other) => request.Status == CaseStatus.AwaitingConfirmation
        ? new Decision.Change(new CaseFact.LinkedToOpenCase(other))
        : Decision.Nothing;

    /// <summary>Somebody wrote something more with a case that is to join this one; it can, as long as this one answers it.</summary>
    public static Decision AddStatement(SubjectRequest request, CaseId from) => request.CanBeJoined
        ? new Decision.Change(new CaseFact.StatementAdded(from))
        : Decision.Nothing;

    /// <summary>
    /// Whether the one, as far as it is the same person's, asks for the same as the other did earlier: what nobody proved is nobody's, and what we took up again
    /// by ourselves nobody asked for.
    /// </summary>
    public static bool IsRepeatedBy(SubjectRequest earlier, SubjectRequest later) =>
        earlier.Kind == later.Kind && earlier.Id != later.Id && earlier.ReceivedAt <= later.ReceivedAt && !earlier.CanBeConfirmed
        && later is { IsAskedFor: true } && earlier is { IsAskedFor: true }
        && earlier.Outcome is not (CaseOutcome.NotIdentified or CaseOutcome.AnsweredByAnotherCase);

    /// <summary>It repeats an earlier request of the same person; the first that is noted stands.</summary>
    public static Decision NoteRepeats(SubjectRequest request, CaseId first) => request is { Repeats: null, IsClosed: false } && first != request.Id
        ? new Decision.Change(new CaseFact.Repeats(first))
        : Decision.Nothing;

    /// <summary>The mail that asks to confirm goes out, as long as nobody has confirmed.</summary>
    public static Decision Ask(SubjectRequest request) => request.Status == CaseStatus.AwaitingConfirmation
        ? new Decision.Change(new CaseFact.ConfirmationAsked())
        : Decision.Nothing;

    /// <summary>The button behind the mailed link was pressed; the link itself says until when it works.</summary>
    public static Decision Confirm(SubjectRequest request) =>
        request.CanBeConfirmed
            ? new Decision.Change(new CaseFact.Confirmed())
            : Decision.Nothing;

    /// <summary>
    /// The person withdraws it, as long as nothing of it was done, and its workflow is there to end it: not while an operator has paused it or
    /// a step of it is broken.
    /// </summary>
    public static Decision Withdraw(SubjectRequest request) => MayBeWithdrawn(request)
        ? new Decision.Change(new CaseFact.Closed(CaseOutcome.Withdrawn))
        : Decision.Nothing;

    /// <summary>Whether its person can withdraw it now.</summary>
    public static bool MayBeWithdrawn(SubjectRequest request) =>
        request is { CanBeWithdrawn: true, Refusal: null, Doubt: null or { Outcome: not DoubtOutcome.NotIdentified } } && AttentionMarks.IsAtWork(request.Attention);

    /// <summary>The first window is over at that instant; the second one begins when its person is told, however late. A confirmation that came first wins.</summary>
    public static Decision GiveUpWaiting(SubjectRequest request, DateTimeOffset legalNow) =>
        request.Status == CaseStatus.AwaitingConfirmation && legalNow >= request.ConfirmBy
            ? new Decision.Change(new CaseFact.NotIdentified { DaysLate = DaysLate(request.ConfirmBy, legalNow) })
            : Decision.Nothing;

    /// <summary>How many whole days one instant comes after the other; 0 if it is less than one.</summary>
    public static int DaysLate(DateTimeOffset planned, DateTimeOffset now) => Math.Max(0, (now - planned).Days);

    /// <summary>Nothing more will happen: all that was asked for is done, or the person was not identified, once nobody can resume it
    /// any more.</summary>
    public static Decision Close(SubjectRequest request, DateTimeOffset legalNow) =>
        (request.Status == CaseStatus.NotIdentified && legalNow >= request.ResumeBy ? CaseOutcome.NotIdentified : request.Done)
            is { } outcome
            ? new Decision.Change(new CaseFact.Closed(outcome))
            : Decision.Nothing;
}
