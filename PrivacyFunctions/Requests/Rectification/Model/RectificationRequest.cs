using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Rectification.Model;

/// <summary>The state of a request to correct or complete data (art. 16; R-RECTIFY). What it is to be stands in a record of its own.</summary>
public sealed record RectificationRequest : SubjectRequest
{
    /// <summary>By which key the corrections are kept that the person sent; null before, and empty if they sent none in time.</summary>
    public string? Submission { get; init; }

    /// <summary>The corrections, in the order of their numbers.</summary>
    public IReadOnlyList<WantedCorrection> Wanted { get; init; } = Array.Empty<WantedCorrection>();

    /// <inheritdoc/>
    [JsonIgnore]
    public override CaseOutcome? Done =>
        Status == CaseStatus.Correcting && Wanted.All(wanted => wanted.IsSettled) ? CaseOutcome.Answered : null;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string HowAnswered => Submission is { Length: > 0 } ? base.HowAnswered : "nothingSent";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanBeWithdrawn => base.CanBeWithdrawn || Status == CaseStatus.Offered;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsAtWork => base.IsAtWork || Status == CaseStatus.Correcting;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanBeJoined => !IsClosed && Submission is null; // what else is to be corrected would be lost with it

    /// <summary>One that was just received.</summary>
    public static RectificationRequest New(CaseId id, DateTimeOffset receivedAt, DueDate due, CasePlan plan) =>
        new() { Id = id, Kind = CaseKind.Rectification, ReceivedAt = receivedAt, Due = due, Plan = plan };

    /// <inheritdoc/>
    protected override Case Own(CaseFact fact, DateTimeOffset at) => fact switch
    {
        RectificationFact.DataShown shown => this with { Status = CaseStatus.Offered, OfferedUntil = shown.Until },
        RectificationFact.CorrectionsSent sent => this with
        {
            Status = CaseStatus.Correcting, OfferedUntil = null, Submission = sent.Submission,
            Wanted = sent.Corrections.Select(each => new WantedCorrection(each.Number, each.DataSet, each.Field)).ToList(),
        },
        RectificationFact.NothingSent => this with { Status = CaseStatus.Correcting, OfferedUntil = null, Submission = "" },
        RectificationFact.DecisionNeeded needed => With(
            needed.Number, wanted => wanted with { State = CorrectionState.AwaitsDecision, Decisions = wanted.Decisions + 1, Why = needed.Why }),
        RectificationFact.Corrected corrected => With(corrected.Number, wanted => wanted with { State = CorrectionState.Made, Records = corrected.Records }),
        RectificationFact.NotFound gone => With(gone.Number, wanted => wanted with { State = CorrectionState.NotFound }),
        RectificationFact.Accepted accepted => With(accepted.Number, wanted => wanted with { State = CorrectionState.Accepted }),
        RectificationFact.DoneByHand done => With(
            done.Number, wanted => wanted with { State = CorrectionState.Made, ByHand = done.DataSets.Split(' ', StringSplitOptions.RemoveEmptyEntries) }),
        RectificationFact.Refused refused => With(
            refused.Number, wanted => wanted with { State = CorrectionState.Refused, Refusal = refused.Reason }),
        _ => base.Own(fact, at),
    };

    private RectificationRequest With(int number, Func<WantedCorrection, WantedCorrection> change)
    {
        var wanted = Wanted.Select(each => each.Number == number ? change(each) : each).ToList();
        var waits = wanted.All(each => each.IsSettled || each.State == CorrectionState.AwaitsDecision)
            && wanted.Any(each => each.State == CorrectionState.AwaitsDecision);
        return this with { Wanted = wanted, Status = waits ? CaseStatus.AwaitingDecision : CaseStatus.Correcting };
    }
}

/// <summary>One thing that is to be corrected.</summary>
/// <param name="Number">Its number in the case, from 1.</param>
/// <param name="DataSet">Where; null for what the person said in their own words.</param>
/// <param name="Field">Which field of it; null for what the person said in their own words.</param>
public sealed record WantedCorrection(int Number, string? DataSet, string? Field)
{
    /// <summary>Where it stands.</summary>
    public CorrectionState State { get; init; }

    /// <summary>In how many records the right value stands; of one that was taken out, out of how many, those before a crash not counted.</summary>
    public int Records { get; init; }

    /// <summary>Where an operator corrected it by hand; null if none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ByHand { get; init; }

    /// <summary>How often a decision was needed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Decisions { get; init; }

    /// <summary>Why one was needed last; null if none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DecisionNeed? Why { get; init; }

    /// <summary>Why it was refused; null if it was not.</summary>
    public CorrectionRefusal? Refusal { get; init; }

    /// <summary>Whether nothing more becomes of it.</summary>
    [JsonIgnore]
    public bool IsSettled => State is CorrectionState.Made or CorrectionState.NotFound or CorrectionState.Refused;
}

/// <summary>Where a correction stands.</summary>
public enum CorrectionState
{
    /// <summary>It is to be made.</summary>
    Wanted,

    /// <summary>An operator has to decide.</summary>
    AwaitsDecision,

    /// <summary>An operator decided that it is to be made.</summary>
    Accepted,

    /// <summary>It is made.</summary>
    Made,

    /// <summary>What was wrong does not stand there any more.</summary>
    NotFound,

    /// <summary>An operator refused it.</summary>
    Refused,
}

/// <summary>Why an operator has to decide.</summary>
public enum DecisionNeed
{
    /// <summary>The person said it in their own words.</summary>
    OwnWords,

    /// <summary>A legal hold wants the data kept as it is.</summary>
    LegalHold,

    /// <summary>The software cannot make it: what holds it cannot be read or written.</summary>
    CannotBeMade,
}

/// <summary>Why a correction is refused (art. 12(4)).</summary>
public enum CorrectionRefusal
{
    /// <summary>It was looked into, and what is held is right.</summary>
    Right,

    /// <summary>It says what was so at the time, and has to be kept like that, as an invoice has.</summary>
    OfItsTime,

    /// <summary>It is about somebody else.</summary>
    OfOthers,

    /// <summary>A legal claim or duty needs it as it is.</summary>
    LegalClaim,
}

/// <summary>What a rectification is among the kinds of cases.</summary>
public static class RectificationCases
{
    private static readonly CaseKind Kind = CaseKind.Of("rectification");

    extension(CaseKind)
    {
        /// <summary>A correction or completion of data (art. 16; R-RECTIFY).</summary>
        public static CaseKind Rectification => Kind;
    }
}
