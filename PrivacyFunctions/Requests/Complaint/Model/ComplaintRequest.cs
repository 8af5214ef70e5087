using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Complaint.Model;

/// <summary>The state of a complaint to us about how we handle somebody's data (R-COMPLAIN, L10).</summary>
public sealed record ComplaintRequest : SubjectRequest, IArguedRequest
{
    /// <summary>When the person was told that we have it, legal time; null before.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>What it came to; null before an operator decided.</summary>
    public ComplaintFinding? Finding { get; init; }

    /// <summary>The name under which the explanation of the decision is kept; null before.</summary>
    public string? Explanation { get; init; }

    /// <summary>The earlier request of the person that is taken up again because of it; null if none is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CaseId? Reopens { get; init; }

    /// <summary>When the person was told what it came to, legal time; null before.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanBeExtended => false;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanBeWithdrawn => Status == CaseStatus.AwaitingDecision && StatementsAdded == 0; // what others wrote is read

    /// <inheritdoc/>
    [JsonIgnore]
    public override CaseOutcome? Done => ToldAt is null ? null : CaseOutcome.Answered;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string HowAnswered => Finding switch
    {
        ComplaintFinding.Upheld => "upheld",
        ComplaintFinding.PartlyUpheld => "partlyUpheld",
        _ => "notUpheld",
    };

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanBeJoined => !IsClosed && Finding is null; // what is written after the decision would have no answer

    /// <inheritdoc/>
    [JsonIgnore]
    public int Statements => 1 + StatementsAdded;

    /// <inheritdoc/>
    [JsonIgnore]
    public Enum? Decided => Finding;

    /// <summary>One that was just received. Nobody has to prove anything: it takes nothing from anybody (L9).</summary>
    public static ComplaintRequest New(CaseId id, DateTimeOffset receivedAt, DueDate due, CasePlan plan) => new()
    {
        Id = id, Kind = CaseKind.Complaint, ReceivedAt = receivedAt, Due = due, Plan = plan, Status = CaseStatus.Accepted,
    };

    /// <inheritdoc/>
    protected override Case Own(CaseFact fact, DateTimeOffset at) => fact switch
    {
        ComplaintFact.Acknowledged acknowledged => this with { Status = CaseStatus.AwaitingDecision, AcknowledgedAt = acknowledged.At },
        ComplaintFact.Decided decided => this with
        {
            Status = CaseStatus.Accepted, Finding = decided.Finding, Explanation = decided.Explanation, Reopens = decided.Reopens,
        },
        ComplaintFact.FindingTold told => this with { ToldAt = told.At },
        _ => base.Own(fact, at),
    };
}

/// <summary>What a complaint comes to.</summary>
public enum ComplaintFinding
{
    /// <summary>The person is right.</summary>
    Upheld,

    /// <summary>The person is right in part.</summary>
    PartlyUpheld,

    /// <summary>We did what we have to.</summary>
    NotUpheld,
}

/// <summary>What happens to a complaint alone.</summary>
public abstract record ComplaintFact : CaseFact
{
    private ComplaintFact()
    {
    }

    /// <summary>The person was told that we have it, and what happens next.</summary>
    /// <param name="At">Legal time, UTC.</param>
    [FactName("complaint-acknowledged")]
    public sealed record Acknowledged(DateTimeOffset At) : ComplaintFact;

    /// <summary>An operator decided it.</summary>
    /// <param name="Finding">What it came to.</param>
    /// <param name="Operator">Who decided it.</param>
    /// <param name="Explanation">The name under which their words are kept, sealed, as long as the case is.</param>
    [FactName("complaint-decided")]
    public sealed record Decided(ComplaintFinding Finding, string Operator, string Explanation) : ComplaintFact
    {
        /// <summary>The earlier request of the person that is taken up again; null if none is.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public CaseId? Reopens { get; init; }
    }

    /// <summary>The person was told what it came to.</summary>
    /// <param name="At">Legal time, UTC.</param>
    [FactName("complaint-finding-told")]
    public sealed record FindingTold(DateTimeOffset At) : ComplaintFact;
}

/// <summary>What a complaint is among the kinds of cases.</summary>
public static class ComplaintCases
{
    private static readonly CaseKind Kind = CaseKind.Of("complaint");

    extension(CaseKind)
    {
        /// <summary>A complaint to us (R-COMPLAIN, L10).</summary>
        public static CaseKind Complaint => Kind;
    }
}
