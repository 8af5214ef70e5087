using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Restriction.Model;

/// <summary>
/// The decisions about a restriction (art. 18; R-RESTRICT), and about lifting what else restricts a use. A repetition comes to nothing.
/// </summary>
public static class RestrictionDecisions
{
    /// <summary>For how many days the person knows before it is lifted (art. 18(3) wants it before, and names no time).</summary>
    public const int NoticeDays = 7;

    /// <summary>Why a decision does not count any more, where nobody had read what the person wrote.</summary>
    public const string Unread = "unread";

    /// <summary>
    /// The hold that keeps the data from being used. Whether its ground still stands is looked at when an answer would be due; which ground
    /// that is stands in the case alone.
    /// </summary>
    /// <param name="request">The case.</param>
    public static Hold HoldOf(RestrictionRequest request) => new(
        Hold.IdOf(request.Id), HoldKind.Restriction, DataSet: null, "A person asked for it (GDPR art. 18).", "privacy-team", request.Due.On);

    /// <summary>Whether that reason can end a restriction on the ground that the person gave.</summary>
    public static bool Fits(RestrictionRequest request, LiftReason reason) => (request.GroundGiven, reason) switch
    {
        (_, LiftReason.Wished) => true,
        ("accuracy", LiftReason.Checked) => true,
        ("unlawful" or "objection", LiftReason.Lawful or LiftReason.Upheld) => true,
        ("claims", LiftReason.ClaimOver) => true,
        _ => false,
    };

    /// <summary>The hold is in force.</summary>
    public static Decision NoteRestricted(RestrictionRequest request, DateTimeOffset legalNow) => request.Status == CaseStatus.Confirmed
        ? new Decision.Change(new RestrictionFact.Restricted(legalNow))
        : Decision.Nothing;

    /// <summary>An operator decided that the ground is over; the first decision stands until it is withdrawn.</summary>
    public static Decision DecideLifting(RestrictionRequest request, LiftReason reason, bool isToldByHand, string by) =>
        request is { Status: CaseStatus.Restricted, HasUnread: false } && Fits(request, reason)
            ? new Decision.Change(new RestrictionFact.LiftingDecided(by, isToldByHand) { Reason = reason })
            : Decision.Nothing;

    /// <summary>The day is fixed of which the person is told; anew, as long as they have not been told.</summary>
    /// <param name="request">The case.</param>
    /// <param name="on">The day.</param>
    /// <param name="at">Its beginning, UTC.</param>
    public static Decision AnnounceLifting(RestrictedRequest request, DateOnly on, DateTimeOffset at) =>
        request is { Status: CaseStatus.Lifting, LiftedAt: null } && request.LiftOn != on
            ? new Decision.Change(new RestrictionFact.LiftingAnnounced(on, at))
            : Decision.Nothing;

    /// <summary>The decision does not count any more, and the restriction lasts.</summary>
    public static Decision WithdrawLifting(RestrictedRequest request, string why) =>
        request is { Status: CaseStatus.Lifting, LiftedAt: null }
            ? new Decision.Change(new RestrictionFact.LiftingWithdrawn(why))
            : Decision.Nothing;

    /// <summary>Whether the day has come of which the person was told.</summary>
    public static bool MayLift(RestrictedRequest request, DateTimeOffset legalNow) =>
        request is { Status: CaseStatus.Lifting, LiftAt: { } from } && legalNow >= from;

    /// <summary>
    /// The hold is released. Not over words of the person that nobody has read, which may say why it has to last: then the decision does not count
    /// any more, and whoever reads them decides anew.
    /// </summary>
    public static Decision NoteLifted(RestrictedRequest request, DateTimeOffset legalNow) =>
        request.LiftedAt is not null || !MayLift(request, legalNow) ? Decision.Nothing
        : request.HasUnread ? WithdrawLifting(request, Unread)
        : new Decision.Change(new RestrictionFact.Lifted(legalNow));
}
