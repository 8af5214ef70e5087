using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Requests.Model;

/// <summary>
/// The decisions that all data-subject requests have in common, as pure functions of the request and the command: from its
/// receipt to the proof of the mailbox, and its end. Late and duplicate commands are ordinary: they come to
/// <see cref="Decision.NothingToDo"/>.
/// </summary>
public static class RequestDecisions
{
    /// <summary>A request as it is received on that local date; due by the EU clock for everybody (L1, L7).</summary>
    public static (SubjectRequest Request, CaseFact Fact) Receive(
        CaseId id, CaseKind kind, CasePlan plan, DateTimeOffset legalNow, DateOnly receivedOn,
        HolidayCalendar calendar, string channel, string commitment)
    {
        var due = StatutoryClock.Answer(receivedOn, calendar);
        var received = new SubjectRequest { Id = id, Kind = kind, ReceivedAt = legalNow, Due = due, Plan = plan };
        return (received, new CaseFact.Received(kind, channel, due, commitment));
    }

    /// <summary>
    /// The mailbox is asked about other requests today. This one is not lost: it joins an open one, whose answer serves both.
    /// </summary>
    public static Decision Join(SubjectRequest request, CaseId other) => request.Status == CaseStatus.AwaitingConfirmation
        ? new Decision.Change(new CaseFact.LinkedToOpenCase(other))
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

    /// <summary>The first window is over at that instant. A confirmation that came first wins.</summary>
    public static Decision GiveUpWaiting(SubjectRequest request, DateTimeOffset legalNow) =>
        request.Status == CaseStatus.AwaitingConfirmation && legalNow >= request.ConfirmBy
            ? new Decision.Change(new CaseFact.NotIdentified())
            : Decision.Nothing;

    /// <summary>Nothing more will happen: answered if a package was offered or nothing is held, erased by a plan, or not
    /// identified, once nobody can resume it any more.</summary>
    public static Decision Close(SubjectRequest request, DateTimeOffset legalNow) => request.Status switch
    {
        CaseStatus.Offered => new Decision.Change(new CaseFact.Closed(CaseOutcome.Answered)),
        CaseStatus.Erased => new Decision.Change(
            new CaseFact.Closed(request.ApprovedHash is null ? CaseOutcome.Answered : CaseOutcome.Erased)),
        CaseStatus.NotIdentified when legalNow >= request.ResumeBy =>
            new Decision.Change(new CaseFact.Closed(CaseOutcome.NotIdentified)),
        _ => Decision.Nothing,
    };
}
