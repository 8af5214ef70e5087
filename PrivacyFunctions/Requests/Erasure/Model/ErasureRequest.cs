using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Erasure.Model;

/// <summary>The state of a request to erase one's data (art. 17; R-ERASE).</summary>
public sealed record ErasureRequest : SubjectRequest
{
    /// <summary>The hash of the newest plan; null before there is one.</summary>
    public string? PlanHash { get; init; }

    /// <summary>The hash of the plan that an operator approved last; null before, and when it was found changed.</summary>
    public string? ApprovedHash { get; init; }

    /// <summary>The approval of a plan by a first operator, where a second one has to; null without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FirstApproval? First { get; init; }

    /// <summary>How often a first approval was taken back, and by whom the last time; null if never.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PlanRefusals? Refusals { get; init; }

    /// <summary>The erasure of which this one carries out what a hold had kept; null for a request of its own.</summary>
    public CaseId? Resumes { get; init; }

    /// <summary>The id of the hold that had kept it; null for a request of its own.</summary>
    public string? ResumedHold { get; init; }

    /// <summary>Whether something may have been destroyed already.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasBegun { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsAskedFor => base.IsAskedFor && Resumes is null;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsToldByItsWorkflow => AttentionMarks.Has(Attention, AttentionMarks.Approval)
        && this is { Extended: null, WithoutPauses: null, EarlierReceivedOn: null }; // its workflow keeps to the date that it began with

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanBeWithdrawn =>
        base.CanBeWithdrawn || this is { Status: CaseStatus.AwaitingApproval, HasBegun: false, ApprovedHash: null, Resumes: null };

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanBeRefused => true;

    /// <inheritdoc/>
    [JsonIgnore]
    public override CaseOutcome? Done => Status != CaseStatus.Erased ? null
        : ApprovedHash is null ? CaseOutcome.Answered // nothing was held
        : CaseOutcome.Erased;

    /// <summary>One that was just received.</summary>
    public static ErasureRequest New(CaseId id, DateTimeOffset receivedAt, DueDate due, CasePlan plan) =>
        new() { Id = id, Kind = CaseKind.Erasure, ReceivedAt = receivedAt, Due = due, Plan = plan };

    /// <inheritdoc/>
    protected override Case Own(CaseFact fact, DateTimeOffset at) => fact switch
    {
        // Its time does not run out any more.
        _ when fact is CaseFact.DueExtended || IsPutOffBy(fact) => base.Own(fact, at) with { Attention = AttentionMarks.Without(Attention, AttentionMarks.Approval, scope: null) },
        ErasureFact.PlanMade made => this with { Status = CaseStatus.AwaitingApproval, PlanHash = made.Hash, First = null },
        ErasureFact.PlanChanged changed => this with
        {
            Status = CaseStatus.AwaitingApproval, PlanHash = changed.Hash, ApprovedHash = null, First = null,
        },
        ErasureFact.ErasureResumed resumed => this with
        {
            Status = CaseStatus.Confirmed, Resumes = resumed.Earlier, ResumedHold = resumed.Hold,
        },
        ErasureFact.ErasureEscalated => this with
        {
            Attention = AttentionMarks.With(Attention, new(AttentionMarks.Approval, Since: at)),
        },
        ErasureFact.PlanApprovedFirst first => this with { First = new(first.Hash, first.Operator) },
        ErasureFact.PlanRefused refused => this with { First = null, Refusals = new((Refusals?.Number ?? 0) + 1, refused.Hash, refused.Operator) },
        ErasureFact.PlanApproved approved => this with
        {
            Status = CaseStatus.Approved, ApprovedHash = approved.Hash, First = null,
            Attention = AttentionMarks.Without(Attention, AttentionMarks.Approval, scope: null),
        },
        ErasureFact.ErasureBegun => this with { Status = CaseStatus.Erasing, HasBegun = true },
        ErasureFact.Rescanned { Residue: 0 } done => this with { Status = CaseStatus.Erased, PlanHash = done.Hash },
        _ => base.Own(fact, at),
    };
}

/// <summary>The approval of a plan by the first of two operators.</summary>
/// <param name="Hash">Of the plan.</param>
/// <param name="Operator">Who approved it.</param>
public sealed record FirstApproval(string Hash, string Operator);

/// <summary>How often a first approval was taken back.</summary>
/// <param name="Number">How often.</param>
/// <param name="Hash">Of which plan the last time.</param>
/// <param name="Operator">By whom the last time.</param>
public sealed record PlanRefusals(int Number, string Hash, string Operator);

/// <summary>What erasure is among the kinds of cases.</summary>
public static class ErasureCases
{
    private static readonly CaseKind Kind = CaseKind.Of("erasure");

    extension(CaseKind)
    {
        /// <summary>The erasure of one's data (art. 17; R-ERASE).</summary>
        public static CaseKind Erasure => Kind;
    }
}
