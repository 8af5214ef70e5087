using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Restriction.Model;

namespace PrivacyFunctions.Requests.Use.Model;

/// <summary>The state of an objection to uses that rest on our legitimate interests (art. 21(1), 18(1)(d); R-OBJECT).</summary>
public sealed record UseRequest : RestrictedRequest, IArguedRequest
{
    /// <summary>The data sets whose use was stopped, with a blank between two; null before.</summary>
    public string? DataSets { get; init; }

    /// <summary>What the weighing came to; null before an operator decided.</summary>
    public Weighing? Weighing { get; init; }

    /// <inheritdoc/>
    public string? Explanation { get; init; }

    /// <summary>When it was settled that the person was right, and they were told as far as they could be, legal time; null before.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override CaseOutcome? Done => (ToldAt ?? LiftedAt) is null ? null : CaseOutcome.Answered;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string HowAnswered => LiftedAt is null ? "upheld" : "overridden";

    /// <summary>Null once the person was told what it came to.</summary>
    [JsonIgnore]
    public override DateOnly? DueOn => (ToldAt ?? LiftAt) is null ? base.DueOn : null;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsAtWork => base.IsAtWork || Status == CaseStatus.Restricted;

    /// <summary>
    /// Until the mailbox is proven: what is written afterwards would be read as its owner's, and nobody has proven that it is.
    /// </summary>
    [JsonIgnore]
    public override bool CanBeJoined => CanBeConfirmed;

    /// <inheritdoc/>
    [JsonIgnore]
    public int Statements => 1 + StatementsAdded;

    /// <inheritdoc/>
    [JsonIgnore]
    public Enum? Decided => Weighing;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<Hold> Holds => UseDecisions.HoldsOf(this, UseDecisions.SetsIn(DataSets));

    /// <inheritdoc/>
    [JsonIgnore]
    public override CaseStatus BeforeLifting => CaseStatus.AwaitingDecision;

    /// <summary>One that was just received.</summary>
    public static UseRequest New(CaseId id, DateTimeOffset receivedAt, DueDate due, CasePlan plan) =>
        new() { Id = id, Kind = CaseKind.Use, ReceivedAt = receivedAt, Due = due, Plan = plan };

    /// <inheritdoc/>
    protected override Case Own(CaseFact fact, DateTimeOffset at) => fact switch
    {
        UseFact.UseStopped stopped => this with
        {
            Status = CaseStatus.AwaitingDecision, RestrictedAt = stopped.At, DataSets = stopped.DataSets,
        },
        UseFact.Weighed weighed => this with
        {
            Status = weighed.Outcome == Model.Weighing.Upheld ? CaseStatus.Restricted : CaseStatus.Lifting, Weighing = weighed.Outcome,
            Explanation = weighed.Explanation, IsToldByHand = weighed.IsToldByHand, Decisions = Decisions + 1,
        },
        UseFact.UpheldTold told => this with { ToldAt = told.At },
        RestrictionFact.LiftingWithdrawn => (UseRequest)base.Own(fact, at) with { Weighing = null, Explanation = null },
        _ => base.Own(fact, at),
    };
}

/// <summary>What the weighing of a person's reasons against our interests comes to (art. 21(1)).</summary>
public enum Weighing
{
    /// <summary>The person is right: the data is not used for that any more.</summary>
    Upheld,

    /// <summary>There are compelling legitimate grounds that override the person's interests, or the data is needed for legal claims.</summary>
    Overridden,
}

/// <summary>What happens to an objection to a use alone; what lifts the restriction is the same as for one that a person asked for.</summary>
public abstract record UseFact : CaseFact
{
    private UseFact()
    {
    }

    /// <summary>From here on the data is kept and not used, until the objection is weighed.</summary>
    /// <param name="At">Legal time, UTC.</param>
    /// <param name="DataSets">Which, with a blank between two.</param>
    [FactName("use-stopped")]
    public sealed record UseStopped(DateTimeOffset At, string DataSets) : UseFact;

    /// <summary>An operator weighed it.</summary>
    /// <param name="Outcome">What it came to.</param>
    /// <param name="Operator">Who.</param>
    /// <param name="IsToldByHand">Whether they told the person, whom no mail reaches.</param>
    /// <param name="Explanation">The name under which their words are kept, sealed, as long as the case is.</param>
    [FactName("use-weighed")]
    public sealed record Weighed(Weighing Outcome, string Operator, bool IsToldByHand, string Explanation) : UseFact;

    /// <summary>The use stays stopped, and the person was told as far as they could be.</summary>
    /// <param name="At">Legal time, UTC.</param>
    [FactName("use-upheld-told")]
    public sealed record UpheldTold(DateTimeOffset At) : UseFact;
}

/// <summary>What an objection to a use is among the kinds of cases.</summary>
public static class UseCases
{
    private static readonly CaseKind Kind = CaseKind.Of("use");

    extension(CaseKind)
    {
        /// <summary>An objection to a use that rests on legitimate interests (art. 21(1); R-OBJECT).</summary>
        public static CaseKind Use => Kind;
    }
}
