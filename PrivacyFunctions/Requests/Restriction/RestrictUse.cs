using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Recipients;
using PrivacyFunctions.Requests.Recipients.Model;
using PrivacyFunctions.Requests.Restriction.Model;

namespace PrivacyFunctions.Requests.Restriction;

/// <summary>
/// Restricts the use of all that is held about the person: a hold, under what proves to be theirs. It is kept and not used, erased or
/// purged while the hold is in force. What this software does not reach, the Data Protection Officer is asked to stop. Those who received the data
/// are told (GDPR art. 19).
/// </summary>
internal sealed class RestrictUse(
    CaseStore cases, CaseHolds holds, Contacts contacts, DataMapRegister map, KnownRecipients known, RecipientDesk recipients, OfficerMails officer,
    LegalTime time)
{
    public static readonly Step<CaseStep> Step = new(nameof(RestrictUse));

    [Function(nameof(RestrictUse))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var confirmed = await cases.GetAsync<RestrictionRequest>(step.CaseId, cancellation);
        if (confirmed.Status != CaseStatus.Confirmed) return;
        var placed = await holds.PlaceAsync(step.CaseId, confirmed.Holds, cancellation);
        IReadOnlyList<DataSet> sets = [.. map.Told];
        var contact = await contacts.GetAsync(step.CaseId, cancellation);
        var told = await recipients.TellAsync(
            step.CaseId, RecipientAct.Restricted, sets, await known.OfAsync(contact.Address, placed.IsSure, sets, cancellation), cancellation);
        await officer.TellOnceAsync(
            step.CaseId, "see-to-restriction", new SeeToRestriction(step.CaseId, placed.IsSure, told.ByHand, told.Written), cancellation);

        var now = await time.NowAsync(cancellation);
        await cases.ExecuteAsync<RestrictionRequest>(
            step.CaseId, "restrict", Actors.System, state => RestrictionDecisions.NoteRestricted(state, now), [], cancellation);
    }
}

/// <summary>
/// Tells the person that their data is not used any more, and what that means (art. 12(3), 18(2)). Where no mail reaches them, the Data Protection
/// Officer is asked to.
/// </summary>
internal sealed class TellRestricted(CaseStore cases, Contacts contacts, PersonHolds holds, CaseLinks links, MailOrNote mail, OfficerMails officer)
{
    public static readonly Step<CaseStep> Step = new(nameof(TellRestricted));

    [Function(nameof(TellRestricted))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var restricted = await cases.GetAsync<RestrictionRequest>(step.CaseId, cancellation);
        if (restricted is not { RestrictedAt: not null, LiftedAt: null }) return;
        var contact = await contacts.GetAsync(step.CaseId, cancellation);
        var isTold = await mail.SendAsync(
            step.CaseId, "restricted",
            new RestrictionBegun(
                step.CaseId, restricted.GroundGiven!, await holds.CoveredByRequestAsync(contact.Address, cancellation),
                restricted.GroundGiven == RestrictionKind.Accuracy ? links.ToMessage(step.CaseId) : null),
            cancellation);
        if (!isTold) await officer.TellOnceAsync(step.CaseId, "cannot-tell", new CannotTellOfRestriction(step.CaseId), cancellation);
    }
}
