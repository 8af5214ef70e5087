using System.Text.Json.Serialization;
using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Requests.Model;

/// <content>What lists, watches and people who look into the table see of it, as of every case. None of it is stored with the state.</content>
public abstract partial record SubjectRequest
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Standing => Status.ToString();

    /// <inheritdoc/>
    [JsonIgnore]
    public override string? Place => Residence is Residence.Elsewhere ? Country : Residence.ToString();

    /// <inheritdoc/>
    [JsonIgnore]
    public override string? LivesIn => Country ?? (Residence is Residence.UnitedKingdom ? "GB" : null); // asked for by its clock alone before

    /// <inheritdoc/>
    [JsonIgnore]
    public override string? Ground => GroundGiven;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string? CameBy => Channel;

    /// <inheritdoc/>
    [JsonIgnore]
    public override DateOnly? CameOn => ReceivedOn;

    /// <inheritdoc/>
    [JsonIgnore]
    public override DateOnly? ClockStartsOn => EarlierReceivedOn < ReceivedOn ? EarlierReceivedOn : ReceivedOn;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsByAgent => AskedByAgent;

    /// <inheritdoc/>
    [JsonIgnore]
    public override DateOnly? DueOn =>
        Status is CaseStatus.NotIdentified or CaseStatus.Offered or CaseStatus.Closed ? null : Due.On;

    /// <inheritdoc/>
    [JsonIgnore]
    public override DateOnly? AskedOn => DueOn is null ? null : Correspondence?.Question?.LastOn;

    /// <inheritdoc/>
    [JsonIgnore]
    public override DateOnly? DueWithoutPauses => DueOn is null ? null : WithoutPauses;

    /// <inheritdoc/>
    [JsonIgnore]
    public override DateTimeOffset? GoesOnAt => Status switch
    {
        CaseStatus.AwaitingConfirmation => ConfirmBy,
        CaseStatus.NotIdentified => ResumeBy,
        CaseStatus.Offered => OfferedUntil,
        _ => null,
    };

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsAtWork =>
        Status is CaseStatus.Accepted or CaseStatus.Confirmed or CaseStatus.Approved or CaseStatus.Erasing or CaseStatus.Erased;
}
