using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Messages.Model;

/// <summary>What is written to and fro about a request (GDPR art. 12(2), (3)), and what it does to the clock (L3, L4). Pure.</summary>
public static class MessageDecisions
{
    /// <summary>How many messages of a person can wait to be read.</summary>
    public const int MostUnread = 20;

    /// <summary>How many messages a person can send about one request.</summary>
    public const int MostOfAll = 200;

    /// <summary>What is in the way of a message of the person; null if nothing is.</summary>
    /// <param name="request">The case.</param>
    /// <param name="isProof">Whether it is to show whose the request is: it would be destroyed with the decision, so it is not taken after that.</param>
    public static MessageBar? WhyNotFromPerson(SubjectRequest request, bool isProof = false) =>
        WhyNot(request) ?? (request.Doubt is { Outcome: DoubtOutcome.NotIdentified } ? MessageBar.Closed // it is as good as that
            : isProof && request.Doubt is not { Outcome: DoubtOutcome.Open } ? MessageBar.DoubtOver
            : request.Correspondence?.FromPerson >= MostOfAll ? MessageBar.NoMore
            : request.Correspondence?.Unread >= MostUnread ? MessageBar.TooMany
            : null);

    /// <summary>What is in the way of a message to the person; null if nothing is.</summary>
    /// <param name="request">The case.</param>
    /// <param name="asks">Whether an answer is needed to go on.</param>
    public static MessageBar? WhyNotFromUs(SubjectRequest request, bool asks) =>
        WhyNot(request) ?? (request.HasUnread ? MessageBar.Unread
            : !asks ? null
            : request.DueOn is null ? MessageBar.NothingOwed
            : !request.WaitsForOperator && !AttentionMarks.Has(request.Attention, AttentionMarks.Paused) ? MessageBar.GoesOn
            : null);

    /// <summary>The person wrote. It answers whatever they were asked, and waits for somebody to read it.</summary>
    /// <param name="request">The case.</param>
    /// <param name="name">Under which name the words are kept.</param>
    /// <param name="days">What day it is.</param>
    /// <param name="isProof">Whether it is to show whose the request is.</param>
    public static Decision Receive(SubjectRequest request, string name, ClockDays days, bool isProof = false) => WhyNotFromPerson(request, isProof) is not null
        ? Decision.Nothing
        : new Decision.Change(
            [new CaseFact.MessageReceived(name, days.Today) { Paused = PauseBy(request, days) }, .. FactsOf(AttentionDecisions.Mark(request, AttentionMarks.Message))]);

    /// <summary>
    /// An operator wrote to the person, and the mail has gone out: what came in between does not undo that. A second question before the first
    /// is answered is one with it.
    /// </summary>
    /// <param name="request">The case.</param>
    /// <param name="name">Under which name the words are kept.</param>
    /// <param name="asks">Whether an answer is needed to go on.</param>
    /// <param name="by">Who wrote.</param>
    /// <param name="today">The local date.</param>
    public static Decision Send(SubjectRequest request, string name, bool asks, string by, DateOnly today) =>
        request.IsClosed ? Decision.Nothing : new Decision.Change(new CaseFact.MessageSent(name, today, asks && request.DueOn is not null, by));

    /// <summary>An operator has read so many messages of the person; what came since still waits. A closed case is read, too.</summary>
    public static Decision NoteRead(SubjectRequest request, int number, string by) =>
        request.Correspondence is not { } written || number <= written.Read || number > written.FromPerson
            ? Decision.Nothing
            : new Decision.Change([
                new CaseFact.MessagesRead(number, by),
                .. number == written.FromPerson ? FactsOf(AttentionDecisions.Unmark(request, AttentionMarks.Message)) : Array.Empty<CaseFact>()]);

    /// <summary>An operator goes on without the answer.</summary>
    public static Decision GoOn(SubjectRequest request, string by, ClockDays days) => request is { IsClosed: false, Correspondence.Question: not null }
        ? new Decision.Change(new CaseFact.QuestionOver(days.Today, by) { Paused = PauseBy(request, days) })
        : Decision.Nothing;

    /// <summary>By when an answer is owed, if the person answered our question today: where the clock stands still, later each day.</summary>
    public static DateOnly DueOn(SubjectRequest request, ClockDays days) => PauseBy(request, days)?.Due.On ?? request.Due.On;

    private static MessageBar? WhyNot(SubjectRequest request) =>
        request.IsClosed ? MessageBar.Closed : !request.HasMailbox ? MessageBar.NoMailbox : request.CanBeConfirmed ? MessageBar.NotProven : null;

    private static IEnumerable<CaseFact> FactsOf(Decision decision) => decision is Decision.Change change ? change.Facts : Array.Empty<CaseFact>();

    // Only where a law or our policy stops the clock, and only while an answer is owed. Days that move nothing, such as before a weekend, count with later ones.
    private static Pause? PauseBy(SubjectRequest request, ClockDays days)
    {
        if (request is not { Correspondence: { Question.On: var asked } written, DueOn: not null } || asked > request.Due.On) return null; // that was late already
        if (written.DaysUntil(days.Today) is not (> 0 and var more)) return null;
        var stop = request.ClockStopWith(more);
        if (stop is { ByLaw: 0, ByPolicy: 0 }) return null; // its date may come from another request: it is not counted anew
        var due = Due(request.Residence, stop);
        return new(more, StatutoryClock.WithoutPlace(due, Due(Residence.Elsewhere, stop)), Due(request.Residence, null).On);

        DueDate Due(Residence residence, ClockStop? stop) => request.Extended is null
            ? StatutoryClock.Answer(days.ReceivedOn, residence, days.Calendars, stop)
            : StatutoryClock.ExtendedAnswer(days.ReceivedOn, residence, days.Calendars, stop);
    }
}

/// <summary>The days by which a due date is counted.</summary>
/// <param name="Today">The local date.</param>
/// <param name="ReceivedOn">The local date on which the request was received.</param>
/// <param name="Calendars">The calendars.</param>
public sealed record ClockDays(DateOnly Today, DateOnly ReceivedOn, Calendars Calendars);

/// <summary>What can be in the way of a message.</summary>
public enum MessageBar
{
    /// <summary>The case is closed, and the address of its person forgotten.</summary>
    Closed,

    /// <summary>There is no mailbox: the person is written to by letter.</summary>
    NoMailbox,

    /// <summary>Nobody has proven the mailbox.</summary>
    NotProven,

    /// <summary>It was to show whose the request is, and that is decided.</summary>
    DoubtOver,

    /// <summary>So many wait to be read that no more is taken until then.</summary>
    TooMany,

    /// <summary>So many were sent that no more is taken.</summary>
    NoMore,

    /// <summary>What the person wrote has to be read first.</summary>
    Unread,

    /// <summary>No answer is owed now, so nothing has to be asked for it.</summary>
    NothingOwed,

    /// <summary>Its workflow would go on without the answer, as nobody has paused it and it waits for no operator.</summary>
    GoesOn,
}
