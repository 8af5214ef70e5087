using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Objection.Model;

/// <summary>The state of an objection to direct marketing (art. 21(2), (3); R-OBJECT).</summary>
public sealed record ObjectionRequest : SubjectRequest
{
    /// <summary>When the marketing was stopped, legal time; null before.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override CaseOutcome? Done => StoppedAt is null ? null : CaseOutcome.Answered;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanBeJoined => true; // each is honoured on its receipt: one of the day is a record for all of its day

    /// <summary>One that was just received. Nobody has to prove anything: to stop harms nobody (L9).</summary>
    public static ObjectionRequest New(CaseId id, DateTimeOffset receivedAt, DueDate due, CasePlan plan) => new()
    {
        Id = id, Kind = CaseKind.Objection, ReceivedAt = receivedAt, Due = due, Plan = plan, Status = CaseStatus.Accepted,
    };

    /// <summary>It is stopped: noted once.</summary>
    public Decision NoteStopped(DateTimeOffset legalNow) => Status == CaseStatus.Accepted && StoppedAt is null
        ? new Decision.Change(new ObjectionFact.MarketingStopped(legalNow))
        : Decision.Nothing;

    /// <inheritdoc/>
    protected override Case Own(CaseFact fact, DateTimeOffset at) =>
        fact is ObjectionFact.MarketingStopped stopped ? this with { StoppedAt = stopped.At } : base.Own(fact, at);
}

/// <summary>What happens to an objection alone.</summary>
public abstract record ObjectionFact : CaseFact
{
    private ObjectionFact()
    {
    }

    /// <summary>No newsletter goes to the mailbox any more.</summary>
    /// <param name="At">Legal time, UTC.</param>
    [FactName("marketing-stopped")]
    public sealed record MarketingStopped(DateTimeOffset At) : ObjectionFact;
}

/// <summary>What an objection is among the kinds of cases.</summary>
public static class ObjectionCases
{
    private static readonly CaseKind Kind = CaseKind.Of("objection");

    extension(CaseKind)
    {
        /// <summary>An objection to direct marketing (art. 21(2), (3); R-OBJECT).</summary>
        public static CaseKind Objection => Kind;
    }
}
