using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Restriction.Model;

/// <summary>The state of a request to restrict the use of one's data (art. 18; R-RESTRICT).</summary>
public sealed record RestrictionRequest : RestrictedRequest
{
    /// <summary>Why it is lifted; null while it lasts.</summary>
    public LiftReason? LiftReason { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override CaseOutcome? Done => LiftedAt is null ? null : CaseOutcome.Answered;

    /// <summary>Null once it is restricted: that is what had to be done in time.</summary>
    [JsonIgnore]
    public override DateOnly? DueOn => RestrictedAt is null ? base.DueOn : null;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanBeJoined => !IsClosed && Status != CaseStatus.Lifting; // what is asked for now would be lost with it

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<Hold> Holds => new List<Hold> { RestrictionDecisions.HoldOf(this) };

    /// <inheritdoc/>
    [JsonIgnore]
    public override CaseStatus BeforeLifting => CaseStatus.Restricted;

    /// <summary>One that was just received.</summary>
    public static RestrictionRequest New(CaseId id, DateTimeOffset receivedAt, DueDate due, CasePlan plan) =>
        new() { Id = id, Kind = CaseKind.Restriction, ReceivedAt = receivedAt, Due = due, Plan = plan };

    /// <inheritdoc/>
    protected override Case Own(CaseFact fact, DateTimeOffset at) => fact switch
    {
        RestrictionFact.Restricted restricted => this with { Status = CaseStatus.Restricted, RestrictedAt = restricted.At },
        RestrictionFact.LiftingDecided decided => this with
        {
            Status = CaseStatus.Lifting, LiftReason = decided.Reason, IsToldByHand = decided.IsToldByHand,
            Decisions = Decisions + 1,
        },
        RestrictionFact.LiftingWithdrawn => (RestrictionRequest)base.Own(fact, at) with { LiftReason = null },
        _ => base.Own(fact, at),
    };
}

/// <summary>Why a restriction is lifted.</summary>
public enum LiftReason
{
    /// <summary>The data was found to be right, or was put right (art. 18(1)(a)).</summary>
    Checked,

    /// <summary>The use is lawful, or goes on after an objection was weighed (art. 18(1)(b), (d)).</summary>
    Lawful,

    /// <summary>The person was right, and the use that they meant is over (art. 18(1)(b), (d)).</summary>
    Upheld,

    /// <summary>The person does not need the data for a legal claim any more (art. 18(1)(c)).</summary>
    ClaimOver,

    /// <summary>The person wants it lifted.</summary>
    Wished,
}

/// <summary>What happens to a restriction alone.</summary>
public abstract record RestrictionFact : CaseFact
{
    private RestrictionFact()
    {
    }

    /// <summary>From here on the data is kept and not used.</summary>
    /// <param name="At">Legal time, UTC.</param>
    [FactName("restricted")]
    public sealed record Restricted(DateTimeOffset At) : RestrictionFact;

    /// <summary>An operator decided that its ground is over.</summary>
    /// <param name="Operator">Who.</param>
    /// <param name="IsToldByHand">Whether they told the person, whom no mail reaches.</param>
    [FactName("lifting-decided")]
    public sealed record LiftingDecided(string Operator, bool IsToldByHand) : RestrictionFact
    {
        /// <summary>Why. It would tell which ground the person gave, so it stands in the case and not in the chain.</summary>
        [JsonIgnore]
        public LiftReason Reason { get; init; }
    }

    /// <summary>The decision does not count any more: the person could not be told, or was right to disagree.</summary>
    /// <param name="Why">"not-told", "mailbox-changed", "unread" or "by-operator".</param>
    [FactName("lifting-withdrawn")]
    public sealed record LiftingWithdrawn(string Why) : RestrictionFact;

    /// <summary>The person is told on which day it is lifted (art. 18(3)).</summary>
    /// <param name="On">The day, where the company is.</param>
    /// <param name="At">Its beginning, UTC.</param>
    [FactName("lifting-announced")]
    public sealed record LiftingAnnounced(DateOnly On, DateTimeOffset At) : RestrictionFact;

    /// <summary>It is lifted.</summary>
    /// <param name="At">Legal time, UTC.</param>
    [FactName("restriction-lifted")]
    public sealed record Lifted(DateTimeOffset At) : RestrictionFact;
}

/// <summary>What a restriction is among the kinds of cases.</summary>
public static class RestrictionCases
{
    private static readonly CaseKind Kind = CaseKind.Of("restriction");

    extension(CaseKind)
    {
        /// <summary>A restriction of the use of one's data (art. 18; R-RESTRICT).</summary>
        public static CaseKind Restriction => Kind;
    }
}
