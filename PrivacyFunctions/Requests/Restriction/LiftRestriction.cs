using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Restriction.Model;

namespace PrivacyFunctions.Requests.Restriction;

/// <summary>When a restriction is lifted; legal time, UTC.</summary>
internal sealed record LiftingDay(DateTimeOffset At);

/// <summary>Fixes the day on which the restriction is lifted, and tells the person before it comes (art. 18(3)).</summary>
internal sealed class AnnounceLifting(CaseStore cases, MailOrNote mail, LegalTime time)
{
    public static readonly Step<CaseStep, LiftingDay> Step = new(nameof(AnnounceLifting));

    [Function(nameof(AnnounceLifting))]
    public async Task<LiftingDay> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        // The day of the notice does not count, and the last day ends before it is lifted.
        var on = time.DateOf(await time.NowAsync(cancellation)).AddDays(RestrictionDecisions.NoticeDays + 1);
        var announced = await cases.ExecuteAsync<RestrictionRequest>(
            step.CaseId, "announce-lifting", Actors.System,
            state => RestrictionDecisions.AnnounceLifting(state, on, time.StartOf(on)), [], cancellation);
        await mail.SendAsync(
            step.CaseId, "lifting", new RestrictionEnds(step.CaseId, announced.LiftReason!.Value, announced.LiftOn!.Value), cancellation);
        return new(announced.LiftAt!.Value);
    }
}

/// <summary>Releases the hold on the day of which the person was told. What it had kept from an erasure goes on by itself.</summary>
internal sealed class LiftRestriction(CaseStore cases, Contacts contacts, PersonHolds holds, LegalTime time)
{
    public static readonly Step<CaseStep> Step = new(nameof(LiftRestriction));

    [Function(nameof(LiftRestriction))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var ending = await cases.GetAsync<RestrictionRequest>(step.CaseId, cancellation);
        if (ending.LiftedAt is not null) return;
        var now = await time.NowOrAtAsync(ending.LiftAt!.Value, cancellation);
        if (!RestrictionDecisions.MayLift(ending, now)) throw new TooEarlyException();

        var contact = await contacts.GetAsync(step.CaseId, cancellation);
        await holds.ReleaseAsync(contact.Address, RestrictionDecisions.HoldOf(ending).Id, Actors.System);
        await cases.ExecuteAsync<RestrictionRequest>(
            step.CaseId, "lift", Actors.System, state => RestrictionDecisions.NoteLifted(state, now), [], CancellationToken.None);
    }
}
