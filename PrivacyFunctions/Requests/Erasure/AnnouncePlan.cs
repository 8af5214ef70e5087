using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>Tells the Data Protection Officer that a plan waits for an operator: once for each plan.</summary>
internal sealed class AnnouncePlan(CaseStore cases, OfficerMails officer, LegalTime time)
{
    public static readonly Step<CaseStep, ApprovalDeadlines> Step = new(nameof(AnnouncePlan));

    /// <summary>How many days before the answer is due people are told that the plan still waits.</summary>
    public const int DaysOfRoom = 7;

    [Function(nameof(AnnouncePlan))]
    public async Task<ApprovalDeadlines> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var waiting = await cases.GetAsync<ErasureRequest>(step.CaseId, cancellation);
        if (waiting.Status == CaseStatus.AwaitingApproval)
            await officer.TellOnceAsync(
                step.CaseId, $"plan-{waiting.PlanHash}", new PlanWaits(step.CaseId, waiting.Resumes, waiting.Due.On, waiting.PlanHash!), cancellation);
        var due = waiting.Due.On;
        return new([time.StartOf(due.AddDays(-DaysOfRoom)), time.StartOf(due.AddDays(-1))]);
    }
}
