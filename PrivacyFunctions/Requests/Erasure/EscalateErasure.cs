using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>Shows on the case and tells the Data Protection Officer that the plan still waits though time runs out.</summary>
internal sealed class EscalateErasure(CaseStore cases, OfficerMails officer, LegalTime time)
{
    public static readonly Step<EscalationStep> Step = new(nameof(EscalateErasure));

    [Function(nameof(EscalateErasure))]
    public async Task RunAsync([ActivityTrigger] EscalationStep step, CancellationToken cancellation)
    {
        // Its time may have been extended since the workflow began to wait: then it is not running out yet.
        var due = (await cases.GetAsync<ErasureRequest>(step.CaseId, cancellation)).Due.On;
        var today = time.DateOf(await time.NowAsync(cancellation));
        if (today < due.AddDays(-AnnouncePlan.DaysOfRoom)) return;
        var waiting = await cases.ExecuteAsync<ErasureRequest>(
            step.CaseId, $"escalate-{step.Number}", Actors.System, ErasureDecisions.Escalate, [], cancellation);
        if (waiting.Status == CaseStatus.AwaitingApproval)
            await officer.TellOnceAsync(
                step.CaseId, $"escalation-{step.Number}",
                new PlanStillWaits(step.CaseId, waiting.Due.On, waiting.PlanHash!, waiting.First is not null, today > waiting.Due.On), cancellation);
    }
}
