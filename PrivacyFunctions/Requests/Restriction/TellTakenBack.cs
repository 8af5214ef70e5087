using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Restriction.Model;

namespace PrivacyFunctions.Requests.Restriction;

/// <summary>
/// Tells the person, once, that the use of their data does not begin again on the day of which we wrote to them. Nothing is said to whom we did not
/// write, and to nobody once the mailbox has come to somebody else.
/// </summary>
internal sealed class TellTakenBack(CaseStore cases, MailboxOwners owners, CaseMails mails)
{
    /// <summary>Does so, if the last decision was taken back. Where no mail reaches the person, the day passes as if nothing had been said.</summary>
    public async Task RunAsync(RestrictedRequest kept, CancellationToken cancellation)
    {
        if (kept.IsClosed || kept.Status != kept.BeforeLifting || await mails.SentAtAsync(kept.Id, $"lifting-{kept.Decisions}", cancellation) is null) return;
        var facts = (await cases.AuditAsync(kept.Id, cancellation)).Select(row => row.Entry.Fact).ToList();
        if (facts.OfType<RestrictionFact.LiftingAnnounced>().LastOrDefault() is not { } announced
            || facts.OfType<RestrictionFact.LiftingWithdrawn>().LastOrDefault() is not { Why: var why }
            || await owners.AreOthersAsync(kept.Id, cancellation))
            return;
        await mails.TrySendOnceAsync(
            kept.Id, $"lifting-taken-back-{kept.Decisions}", new LiftingTakenBack(kept.Id, announced.On, why == RestrictionDecisions.Unread), cancellation);
    }
}
