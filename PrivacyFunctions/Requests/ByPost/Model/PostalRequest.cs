using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.ByPost.Model;

/// <summary>
/// The state of a request of somebody whose mailbox nobody knows: people answer it by post, and its clock runs like any other (R-EVERYONE, L1). It does
/// not say who they are.
/// </summary>
public sealed record PostalRequest : SubjectRequest
{
    /// <summary>Which right is asked for.</summary>
    public required CaseKind Right { get; init; }

    /// <summary>Whether the law lets us take longer than a month for that right.</summary>
    public required bool MayTakeLonger { get; init; }

    /// <summary>How it was answered; null before.</summary>
    public PostalAnswer? Answer { get; init; }

    /// <summary>The local date on which the answer was posted; null before.</summary>
    public DateOnly? AnsweredOn { get; init; }

    /// <summary>The ordinary request as which it goes on, since a mailbox was found; null if none was.</summary>
    public CaseId? GoesOnAs { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override CaseKind AskedFor => Right;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool HasMailbox => false;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanBeExtended => MayTakeLonger;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanBeWithdrawn => false; // by its person, who has no link

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanBeJoined => false;

    /// <inheritdoc/>
    [JsonIgnore]
    public override DateOnly? DueOn => Done is null ? base.DueOn : null; // also while its workflow has not closed it yet

    /// <inheritdoc/>
    [JsonIgnore]
    public override CaseOutcome? Done => (Answer, GoesOnAs) switch
    {
        (PostalAnswer.Answered, _) => CaseOutcome.Answered,
        (PostalAnswer.Refused, _) => CaseOutcome.Refused,
        (PostalAnswer.NotIdentified, _) => CaseOutcome.NotIdentified,
        (_, not null) => CaseOutcome.AnsweredByAnotherCase,
        _ => null,
    };

    /// <summary>One that was just entered: it waits for an operator from the start.</summary>
    public static PostalRequest New(CaseId id, DateTimeOffset receivedAt, DueDate due, CasePlan plan, CaseKind right, bool mayTakeLonger) => new()
    {
        Id = id, Kind = CaseKind.Post, ReceivedAt = receivedAt, Due = due, Plan = plan, Status = CaseStatus.AwaitingDecision, Right = right,
        MayTakeLonger = mayTakeLonger,
    };

    /// <inheritdoc/>
    protected override Case Own(CaseFact fact, DateTimeOffset at) => fact switch
    {
        PostalFact.Answered answered => this with { Status = CaseStatus.Accepted, Answer = answered.Answer, AnsweredOn = answered.On },
        PostalFact.GoesOn goesOn => this with { Status = CaseStatus.Accepted, GoesOnAs = goesOn.As },
        _ => base.Own(fact, at),
    };
}

/// <summary>What an answer by post says.</summary>
public enum PostalAnswer
{
    /// <summary>What was asked for was done.</summary>
    Answered,

    /// <summary>It is refused, with the reasons and the way to an authority and a court (GDPR art. 12(4), (5); L6).</summary>
    Refused,

    /// <summary>Nobody can tell who asked (art. 11(2), 12(6); L9).</summary>
    NotIdentified,
}

/// <summary>What happens to a request that is answered by post alone.</summary>
public abstract record PostalFact : CaseFact
{
    private PostalFact()
    {
    }

    /// <summary>An operator entered it without a mailbox.</summary>
    /// <param name="Right">Which right is asked for.</param>
    [FactName("postal-request-entered")]
    public sealed record Entered(CaseKind Right) : PostalFact;

    /// <summary>The answer was posted.</summary>
    /// <param name="Answer">What it says.</param>
    /// <param name="On">The local date on which it was posted.</param>
    /// <param name="Operator">Who noted it.</param>
    [FactName("answered-by-post")]
    public sealed record Answered(PostalAnswer Answer, DateOnly On, string Operator) : PostalFact
    {
        /// <summary>Why it was refused; null if it was not.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public RefusalGround? Ground { get; init; }

        /// <summary>What proves that ground, as words of ours with blanks between them; null where it needs no proof.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Evidence { get; init; }
    }

    /// <summary>A mailbox was found, and it goes on there as an ordinary request.</summary>
    /// <param name="As">That request.</param>
    /// <param name="Operator">Who found it.</param>
    [FactName("postal-request-goes-on")]
    public sealed record GoesOn(CaseId As, string Operator) : PostalFact;
}

/// <summary>What a request that is answered by post is among the kinds of cases.</summary>
public static class PostalCases
{
    private static readonly CaseKind Kind = CaseKind.Of("post");

    extension(CaseKind)
    {
        /// <summary>A request of somebody without a mailbox (R-EVERYONE, L1).</summary>
        public static CaseKind Post => Kind;
    }
}
