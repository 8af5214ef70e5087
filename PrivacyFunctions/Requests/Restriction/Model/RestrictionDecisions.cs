using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Restriction.Model;

/// <summary>The decisions that only a restriction has (art. 18; R-RESTRICT). A repetition comes to nothing.</summary>
public static class RestrictionDecisions
{
    /// <summary>For how many days the person knows before it is lifted (art. 18(3) wants it before, and names no time).</summary>
    public const int NoticeDays = 7;

    /// <summary>The hold that keeps the data from being used. Whether its ground still stands is looked at when an answer would be due.</summary>
    /// <param name="request">The case.</param>
    public static Hold HoldOf(RestrictionRequest request) => new(
        Hold.IdOf(request.Id), HoldKind.Restriction, DataSet: null, $"A person asked for it: {request.GroundGiven}.", "privacy-team", request.Due.On);

    /// <summary>The hold is in force.</summary>
    public static Decision NoteRestricted(RestrictionRequest request, DateTimeOffset legalNow) => request.Status == CaseStatus.Confirmed
        ? new Decision.Change(new RestrictionFact.Restricted(legalNow))
        : Decision.Nothing;

    /// <summary>An operator decided that the ground is over; the first decision stands.</summary>
    public static Decision DecideLifting(RestrictionRequest request, LiftReason reason, string by) => request.Status == CaseStatus.Restricted
        ? new Decision.Change(new RestrictionFact.LiftingDecided(reason, by))
        : Decision.Nothing;

    /// <summary>The day is fixed, once, of which the person is told.</summary>
    /// <param name="request">The case.</param>
    /// <param name="on">The day.</param>
    /// <param name="at">Its beginning, UTC.</param>
    public static Decision AnnounceLifting(RestrictionRequest request, DateOnly on, DateTimeOffset at) =>
        request is { Status: CaseStatus.Lifting, LiftOn: null }
            ? new Decision.Change(new RestrictionFact.LiftingAnnounced(on, at))
            : Decision.Nothing;

    /// <summary>Whether the day has come of which the person was told.</summary>
    public static bool MayLift(RestrictionRequest request, DateTimeOffset legalNow) =>
        request is { Status: CaseStatus.Lifting, LiftAt: { } from } && legalNow >= from;

    /// <summary>The hold is released.</summary>
    public static Decision NoteLifted(RestrictionRequest request, DateTimeOffset legalNow) =>
        request.LiftedAt is null && MayLift(request, legalNow)
            ? new Decision.Change(new RestrictionFact.Lifted(legalNow))
            : Decision.Nothing;
}
