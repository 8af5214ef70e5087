using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Restriction.Model;

namespace PrivacyFunctions.Requests.Restriction;

/// <summary>When a restriction is lifted; legal time, UTC. Null if it is not, because the person could not be told.</summary>
internal sealed record LiftingDay(DateTimeOffset? At);

/// <summary>
/// Fixes the day on which the restriction is lifted, and tells the person before it comes (art. 18(3)). The day counts from the mail, not
/// from the first attempt at it. Whom no mail reaches, or whose mailbox has come to somebody else, keeps the restriction: an operator has to
/// tell them.
/// </summary>
internal sealed class AnnounceLifting(
    CaseStore cases, Contacts contacts, MailboxOwners owners, PersonHolds holds, RestrictingRights rights, CaseMails mails,
    OfficerMails officer, LegalTime time)
{
    public static readonly Step<CaseStep, LiftingDay> Step = new(nameof(AnnounceLifting));

    [Function(nameof(AnnounceLifting))]
    public async Task<LiftingDay> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var decided = await cases.GetAsync<RestrictedRequest>(step.CaseId, cancellation);
        if (decided is not { Status: CaseStatus.Lifting, LiftedAt: null }) return new(decided.LiftAt);
        var contact = await contacts.GetAsync(step.CaseId, cancellation);
        var mail = $"lifting-{decided.Decisions}";
        if (decided.LiftAt is not null && (decided.IsToldByHand || await mails.SentAtAsync(step.CaseId, mail, cancellation) is not null))
            return new(decided.LiftAt);
        if (!decided.IsToldByHand && !await owners.AreStillAsync(contact.Address, step.CaseId, cancellation))
            return await KeepAsync(decided, "mailbox-changed", cancellation);

        // The day of the notice does not count, and the last day ends before it is lifted.
        var on = time.DateOf(await time.NowAsync(cancellation)).AddDays(RestrictionDecisions.NoticeDays + 1);
        var announced = await cases.ExecuteAsync<RestrictedRequest>(
            step.CaseId, $"announce-lifting-{decided.Decisions}-{on:yyyyMMdd}", Actors.System,
            state => Of(decided, state, RestrictionDecisions.AnnounceLifting(state, on, time.StartOf(on))), [], cancellation);
        if (announced.Decisions != decided.Decisions || announced.LiftOn is not { } day) return new(null); // withdrawn at this moment
        if (decided.IsToldByHand) return new(announced.LiftAt);

        var letter = await rights.Of(decided.Kind).EndsAsync(
            announced, day, await holds.IsRestrictedElsewiseAsync(contact.Address, decided.Holds, cancellation), cancellation);
        return await mails.TrySendOnceAsync(step.CaseId, mail, letter, cancellation)
            ? new(announced.LiftAt)
            : await KeepAsync(decided, "not-told", cancellation);
    }

    private async Task<LiftingDay> KeepAsync(RestrictedRequest decided, string why, CancellationToken cancellation)
    {
        await officer.TellOnceAsync(
            decided.Id, $"lifting-withdrawn-{decided.Decisions}", rights.Of(decided.Kind).CannotTell(decided, why == "mailbox-changed"),
            cancellation);
        await cases.ExecuteAsync<RestrictedRequest>(
            decided.Id, $"keep-{decided.Decisions}", Actors.System, state => Of(decided, state, RestrictionDecisions.WithdrawLifting(state, why)), [], cancellation);
        return new(null);
    }

    // Another decision, made meanwhile, is none of this step's.
    private static Decision Of(RestrictedRequest decided, RestrictedRequest now, Decision decision) =>
        now.Decisions == decided.Decisions ? decision : Decision.Nothing;
}

/// <summary>Releases what restricts the use, on the day of which the person was told, and has those told who were told of the restriction.</summary>
internal sealed class LiftRestriction(CaseStore cases, CaseHolds holds, RecipientsOfLifting recipients, TellTakenBack takenBack, LegalTime time)
{
    public static readonly Step<CaseStep, bool> Step = new(nameof(LiftRestriction));

    /// <returns>Whether it is lifted; not if the decision was withdrawn at the last moment, or the person wrote something that nobody has read.</returns>
    [Function(nameof(LiftRestriction))]
    public async Task<bool> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var ending = await cases.GetAsync<RestrictedRequest>(step.CaseId, cancellation);
        if (ending.LiftAt is not { } from) return false;
        var now = await time.NowOrAtAsync(from, cancellation);
        if (!RestrictionDecisions.MayLift(ending, now)) throw new TooEarlyException();

        // Noted first: from here on nobody can withdraw it. A repetition releases it all the same.
        var lifted = await cases.ExecuteAsync<RestrictedRequest>(
            step.CaseId, $"lift-{ending.Decisions}", Actors.System, state => RestrictionDecisions.NoteLifted(state, now), [], cancellation);
        if (lifted.LiftedAt is null)
        {
            await takenBack.RunAsync(lifted, cancellation);
            return false;
        }

        await holds.ReleaseAsync(lifted);
        await recipients.TellAsync(lifted, cancellation);
        return true;
    }
}
