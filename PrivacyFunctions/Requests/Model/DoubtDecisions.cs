using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Requests.Model;

/// <summary>Why an operator doubts that a request is its person's own (GDPR art. 12(6); L9).</summary>
public enum DoubtGround
{
    /// <summary>The name in the request, or in what was written about it, is not the one that we know.</summary>
    OtherName,

    /// <summary>The person has had the mailbox for a short time only.</summary>
    NewMailbox,

    /// <summary>What was written contradicts what we know.</summary>
    Contradiction,

    /// <summary>Somebody told us that the person did not ask.</summary>
    Disowned,
}

/// <summary>What came of a doubt.</summary>
public enum DoubtOutcome
{
    /// <summary>It lasts: the person is asked.</summary>
    Open,

    /// <summary>It is over, and the request goes on.</summary>
    Identified,

    /// <summary>The person was not identified: the request ends once they are told.</summary>
    NotIdentified,
}

/// <summary>How an operator ends a doubt.</summary>
public enum DoubtEnd
{
    /// <summary>It is the person's own request.</summary>
    Identified,

    /// <summary>Nobody can tell that it is.</summary>
    NotIdentified,
}

/// <summary>That an operator doubts, or doubted, that a request is its person's own.</summary>
/// <param name="Ground">Why.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record Doubt(DoubtGround Ground, DoubtOutcome Outcome);

/// <summary>When more than the mailbox can be asked for, and what comes of it. Pure.</summary>
public static class DoubtDecisions
{
    /// <summary>By which name the question to the person is known.</summary>
    public const string Question = "doubt";

    /// <summary>Whether an operator can doubt it now: it waits for one, who could refuse it as a whole, and nobody has doubted it before.</summary>
    public static bool IsPossible(SubjectRequest request) => request.Doubt is null && Refusals.IsPossible(request);

    /// <summary>An operator doubts: nobody decides until the doubt is over.</summary>
    public static Decision Raise(SubjectRequest request, DoubtGround ground, string by) =>
        IsPossible(request) ? new Decision.Change(new CaseFact.IdentityDoubted(ground.ToString(), by)) : Decision.Nothing;

    /// <summary>The mail that asks the person has gone out: from then on the question waits, and whatever clock stops with it.</summary>
    public static Decision Ask(SubjectRequest request, string by, DateOnly today) => request is { IsClosed: false, Doubt.Outcome: DoubtOutcome.Open }
        ? new Decision.Change(new CaseFact.MessageSent(Question, today, Asks: true, by))
        : Decision.Nothing;

    /// <summary>
    /// An operator says whether the person is identified, once all that they wrote is read. The first word stands. Where they are not, the workflow
    /// has to be there to end the case.
    /// </summary>
    /// <param name="request">The case.</param>
    /// <param name="isIdentified">Whether they are.</param>
    /// <param name="by">The operator.</param>
    /// <param name="goesOn">What ends the question that nobody has answered.</param>
    public static Decision End(SubjectRequest request, bool isIdentified, string by, Decision goesOn) =>
        request is { IsClosed: false, HasUnread: false, Doubt.Outcome: DoubtOutcome.Open } && (isIdentified || AttentionMarks.IsAtWork(request.Attention))
            ? new Decision.Change([.. goesOn is Decision.Change change ? change.Facts : Array.Empty<CaseFact>(), new CaseFact.DoubtEnded(isIdentified, by)])
            : Decision.Nothing;

    /// <summary>The person was told that they were not identified, or no mail reaches them and somebody has to tell them another way.</summary>
    public static Decision Close(SubjectRequest request, bool isTold) =>
        request is not { IsClosed: false, Doubt.Outcome: DoubtOutcome.NotIdentified } || !AttentionMarks.IsAtWork(request.Attention) ? Decision.Nothing
        : isTold ? new Decision.Change(new CaseFact.Closed(CaseOutcome.NotIdentified))
        : new Decision.Change(new CaseFact.MailRefused("doubt-not-identified"), new CaseFact.Closed(CaseOutcome.NotIdentified));

    /// <summary>The names of the messages by which the person wanted to show who they are: those between the doubt and its end. All, while it lasts.</summary>
    public static IReadOnlyList<string> ProofsIn(IEnumerable<CaseFact> facts) => new List<string>(
        facts.SkipWhile(fact => fact is not CaseFact.IdentityDoubted).TakeWhile(fact => fact is not CaseFact.DoubtEnded)
            .OfType<CaseFact.MessageReceived>().Select(message => message.Name));
}
