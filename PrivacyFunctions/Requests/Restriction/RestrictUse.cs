using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Restriction.Model;

namespace PrivacyFunctions.Requests.Restriction;

/// <summary>
/// Restricts the use of all that is held about the person: a hold, under everything that the company knows them by. It is kept and not
/// used, erased or purged while the hold is in force.
/// </summary>
internal sealed class RestrictUse(CaseStore cases, Contacts contacts, PersonHolds holds, LegalTime time)
{
    public static readonly Step<CaseStep> Step = new(nameof(RestrictUse));

    [Function(nameof(RestrictUse))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var confirmed = await cases.GetAsync<RestrictionRequest>(step.CaseId, cancellation);
        if (confirmed.Status != CaseStatus.Confirmed) return;
        var contact = await contacts.GetAsync(step.CaseId, cancellation);
        var hold = RestrictionDecisions.HoldOf(confirmed);
        var placed = await holds.PlaceAsync(contact.Address, hold, Actors.System, cancellation);
        if (placed.Placing is not HoldPlacing.Placed) throw new InvalidOperationException($"The hold {hold.Id} is not placed: {placed.Placing}.");

        var now = await time.NowAsync(cancellation);
        await cases.ExecuteAsync<RestrictionRequest>(
            step.CaseId, "restrict", Actors.System, state => RestrictionDecisions.NoteRestricted(state, now), [], cancellation);
    }
}

/// <summary>Tells the person that their data is not used any more, and what that means (art. 12(3), 18(2)).</summary>
internal sealed class TellRestricted(CaseStore cases, MailOrNote mail)
{
    public static readonly Step<CaseStep> Step = new(nameof(TellRestricted));

    [Function(nameof(TellRestricted))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var restricted = await cases.GetAsync<RestrictionRequest>(step.CaseId, cancellation);
        if (restricted.Status != CaseStatus.Restricted) return; // it was lifted before this was repeated
        await mail.SendAsync(
            step.CaseId, "restricted", new RestrictionBegun(step.CaseId, restricted.GroundGiven!), cancellation);
    }
}
