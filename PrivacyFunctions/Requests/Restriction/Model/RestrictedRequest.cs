using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Restriction.Model;

/// <summary>The state of a request that restricts the use of data, until it is lifted on a day that the person knows (art. 18(3)).</summary>
public abstract record RestrictedRequest : SubjectRequest
{
    /// <summary>Since when the data is not used, legal time; null before.</summary>
    public DateTimeOffset? RestrictedAt { get; init; }

    /// <summary>How often an operator decided what becomes of it.</summary>
    public int Decisions { get; init; }

    /// <summary>Whether an operator told the person, whom no mail reaches.</summary>
    public bool IsToldByHand { get; init; }

    /// <summary>The day on which it is lifted, as the person was told; null before.</summary>
    public DateOnly? LiftOn { get; init; }

    /// <summary>The beginning of that day, legal time.</summary>
    public DateTimeOffset? LiftAt { get; init; }

    /// <summary>When it was lifted, legal time; null before.</summary>
    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>The holds that restrict the use, whether or not they are placed yet.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<Hold> Holds { get; }

    /// <summary>Where it stands until an operator decides, and again when that decision does not count any more.</summary>
    [JsonIgnore]
    public abstract CaseStatus BeforeLifting { get; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override DateTimeOffset? GoesOnAt => Status == CaseStatus.Lifting ? LiftAt : base.GoesOnAt;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsAtWork => base.IsAtWork || (Status == CaseStatus.Lifting && LiftAt is null);

    /// <inheritdoc/>
    protected override Case Own(CaseFact fact, DateTimeOffset at) => fact switch
    {
        RestrictionFact.LiftingWithdrawn => this with { Status = BeforeLifting, IsToldByHand = false, LiftOn = null, LiftAt = null },
        RestrictionFact.LiftingAnnounced announced => this with { LiftOn = announced.On, LiftAt = announced.At },
        RestrictionFact.Lifted lifted => this with { LiftedAt = lifted.At },
        _ => base.Own(fact, at),
    };
}
