using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Objection.Model;
using PrivacyFunctions.Requests.Recipients;
using PrivacyFunctions.Requests.Recipients.Model;
using PrivacyFunctions.Requests.Restriction;
using PrivacyFunctions.Requests.Use.Model;

namespace PrivacyFunctions.Requests.Use;

/// <summary>
/// Restricts what is used on our legitimate interests: a hold for each such data set, under what proves to be the person's. What this
/// software does not reach, the Data Protection Officer is asked to stop, and to have the objection weighed. Those who received the data are told
/// (GDPR art. 19).
/// </summary>
internal sealed class StopUse(
    CaseStore cases, CaseHolds holds, Contacts contacts, DataMapRegister map, KnownRecipients known, RecipientDesk recipients, OfficerMails officer,
    LegalTime time)
{
    public static readonly Step<CaseStep> Step = new(nameof(StopUse));

    [Function(nameof(StopUse))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var confirmed = await cases.GetAsync<UseRequest>(step.CaseId, cancellation);
        if (confirmed.Status != CaseStatus.Confirmed) return;
        IReadOnlyList<DataSet> sets = [.. map.OnLegitimateInterests];
        IReadOnlyList<string> ids = [.. sets.Select(set => set.Id.Value)];
        var placed = await holds.PlaceAsync(step.CaseId, UseDecisions.HoldsOf(confirmed, ids), cancellation);
        var contact = await contacts.GetAsync(step.CaseId, cancellation);
        var told = await recipients.TellAsync(
            step.CaseId, RecipientAct.Stopped, sets, await known.OfAsync(contact.Address, placed.IsSure, sets, cancellation), cancellation);
        await officer.TellOnceAsync(
            step.CaseId, "see-to-use", new SeeToUse(step.CaseId, placed.IsSure, sets, told.ByHand, told.Written, confirmed.Due.On), cancellation);

        var now = await time.NowAsync(cancellation);
        await cases.ExecuteAsync<UseRequest>(
            step.CaseId, "stop-use", Actors.System, state => UseDecisions.NoteStopped(state, ids, now), [], cancellation);
    }
}

/// <summary>
/// Tells the person that their data is not used for that meanwhile, and by when they hear what it came to (art. 12(3), 18(2)). Where no mail reaches
/// them, the Data Protection Officer is asked to.
/// </summary>
internal sealed class TellUseStopped(
    CaseStore cases, Contacts contacts, PersonHolds holds, DataMapRegister map, SiteLinks links, MailOrNote mail, OfficerMails officer, LegalTime time)
{
    public static readonly Step<CaseStep> Step = new(nameof(TellUseStopped));

    [Function(nameof(TellUseStopped))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var stopped = await cases.GetAsync<UseRequest>(step.CaseId, cancellation);
        if (stopped is not { Status: CaseStatus.AwaitingDecision, Decisions: 0 }) return; // told already, or told more by now
        var contact = await contacts.GetAsync(step.CaseId, cancellation);
        var isTold = await mail.SendAsync(
            step.CaseId, "use-stopped",
            new UseStopped(
                step.CaseId, [.. map.Named(stopped)], await holds.CoveredByRequestAsync(contact.Address, cancellation), stopped.Due.On,
                links.AskFor(CaseKind.Objection.Name))
            {
                IsOver = time.DateOf(await time.NowAsync(cancellation)) > stopped.Due.On,
            },
            cancellation);
        if (!isTold) await officer.TellOnceAsync(step.CaseId, "cannot-tell", new CannotTellOfRestriction(step.CaseId), cancellation);
    }
}
