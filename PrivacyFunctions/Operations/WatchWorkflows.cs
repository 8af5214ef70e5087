using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Operations;

/// <summary>
/// Looks every night for workflows that have failed, which no step of theirs can tell, and marks their open cases as needing
/// attention: nothing that was promised stops without somebody seeing it.
/// </summary>
internal sealed class WatchWorkflows(CaseStore cases, OfficerMails officer, ILogger<WatchWorkflows> log)
{
    /// <summary>What the case shows as the step that waits.</summary>
    public const string Step = "workflow";

    private const int PageSize = 100;

    [Function(nameof(WatchWorkflows))]
    public async Task RunAsync(
        [TimerTrigger("0 0 1 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var failed = new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Failed], PageSize = PageSize };
        await foreach (var instance in client.GetAllInstancesAsync(failed).WithCancellation(cancellation))
            if (Workflow.CaseOf(instance.InstanceId) is { } id && await cases.FindAsync(id, cancellation) is { Case.IsClosed: false })
            {
                log.LogError("The workflow of case {Case} has failed", id);
                await cases.ExecuteAsync<Case>(
                    id, "workflow-failed", Actors.System,
                    found => found.IsClosed ? Decision.Nothing : new Decision.Change(new CaseFact.AttentionNeeded(Step)),
                    [], cancellation);
                await officer.TellOnceAsync(id, "workflow-failed", OfficerLetters.WorkflowFailed(id), cancellation);
            }
    }
}
