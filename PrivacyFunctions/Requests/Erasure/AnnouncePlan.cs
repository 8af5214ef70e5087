using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Terminations;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// Tells the Data Protection Officer that a plan waits for an operator: once for each plan. The person of the first one is told while they
/// can still choose, if they own an account that the erasure leaves open.
/// </summary>
internal sealed class AnnouncePlan(
    CaseStore cases, ErasurePlans plans, ErasureSubjects subjects, MailboxOwners mailboxes, AccountsInForce accounts, DataMapRegister map, SiteLinks links,
    OfficerMails officer, CaseMails mails, MailOrNote mail, LegalTime time)
{
    public static readonly Step<CaseStep, ApprovalDeadlines> Step = new(nameof(AnnouncePlan));

    /// <summary>How many days before the answer is due people are told that the plan still waits.</summary>
    public const int DaysOfRoom = 7;

    /// <summary>How many accounts the person's letter names at most.</summary>
    public const int MostNamed = 20;

    private const string Stays = "account-stays";

    [Function(nameof(AnnouncePlan))]
    public async Task<ApprovalDeadlines> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var waiting = await cases.GetAsync<ErasureRequest>(step.CaseId, cancellation);
        if (waiting.Status == CaseStatus.AwaitingApproval)
        {
            await TellOwnerAsync(waiting, cancellation);
            await officer.TellOnceAsync(
                step.CaseId, $"plan-{waiting.PlanHash}", new PlanWaits(step.CaseId, waiting.Resumes, waiting.Due.On, waiting.PlanHash!), cancellation);
        }

        var due = waiting.Due.On;
        return new([time.StartOf(due.AddDays(-DaysOfRoom)), time.StartOf(due.AddDays(-1))]);
    }

    // Whoever goes on with an earlier erasure was told then, and what is left to erase leaves no choice. Who has come to have the mailbox is told nothing.
    private async Task TellOwnerAsync(ErasureRequest waiting, CancellationToken cancellation)
    {
        if (waiting is not { Resumes: null, HasBegun: false } || map.Accounts is not { } set || await mails.SentAtAsync(waiting.Id, Stays, cancellation) is not null) return;
        var plan = await plans.GetAsync(waiting.Id, waiting.PlanHash!, cancellation);
        if (!plan.Lines.Any(line => line.DataSet == set.Id.Value && line.Fate == ErasureFate.Retain)) return;
        var who = (await subjects.ReadAsync(waiting.Id, cancellation)).Now;
        if (!await mailboxes.AreStillAsync(who.Address, waiting.Id, cancellation)) return;
        var owned = await accounts.OfAsync(who, cancellation).Take(MostNamed + 1).ToListAsync(cancellation);
        if (owned.Count > 0)
            await mail.SendAsync(
                waiting.Id, Stays,
                new AccountStays(waiting.Id, [.. owned.Take(MostNamed)], owned.Count > MostNamed, links.Page(ReceiveTermination.Path)), cancellation);
    }
}
