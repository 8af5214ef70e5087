using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Operations;

/// <summary>
/// Looks every night for workflows that have failed, which no step of theirs can tell, and for stopped ones whose case does not
/// say so, because the host went while an operator stopped them. It marks their open cases as needing attention: nothing that
/// was promised stops without somebody seeing it.
/// </summary>
internal sealed class WatchWorkflows(CaseStore cases, OfficerMails officer, TimeProvider time, ILogger<WatchWorkflows> log)
{
    /// <summary>What the case shows as the step that waits.</summary>
    public const string Step = "workflow";

    private const int PageSize = 100;

    [Function(nameof(WatchWorkflows))]
    public async Task RunAsync(
        [TimerTrigger("0 0 1 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        await MarkAsync(client, OrchestrationRuntimeStatus.Failed, MarkFailedAsync, cancellation);
        await MarkAsync(
            client, OrchestrationRuntimeStatus.Suspended, (id, stop) => NeedsAttentionAsync(id, PauseCase.Step, stop), cancellation);
    }

    private async Task MarkAsync(
        DurableTaskClient client, OrchestrationRuntimeStatus status, Func<CaseId, CancellationToken, Task> mark,
        CancellationToken cancellation)
    {
        var query = new OrchestrationQuery { Statuses = [status], PageSize = PageSize };
        await foreach (var instance in client.GetAllInstancesAsync(query).WithCancellation(cancellation))
            if (Workflow.CaseOf(instance.InstanceId) is { } id)
                await TryMarkAsync(id, mark, cancellation);
    }

    // One that cannot be marked tonight must not hide the others.
    private async Task TryMarkAsync(CaseId id, Func<CaseId, CancellationToken, Task> mark, CancellationToken cancellation)
    {
        try
        {
            if (await cases.FindAsync(id, cancellation) is { Case.IsClosed: false }) await mark(id, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogError("Case {Case} cannot be marked as needing attention: {Kind}", id, failure.GetType().Name);
        }
    }

    private async Task MarkFailedAsync(CaseId id, CancellationToken cancellation)
    {
        log.LogError("The workflow of case {Case} has failed", id);
        var failed = await NeedsAttentionAsync(id, Step, cancellation);
        // Once for each beginning.
        var key = failed.Restarts == 0 ? "workflow-failed" : $"workflow-failed-{failed.Restarts}";
        await officer.TellOnceAsync(id, key, OfficerLetters.WorkflowFailed(id), cancellation);
    }

    // A command of this night: a step that works again may have taken an earlier mark away.
    private Task<Case> NeedsAttentionAsync(CaseId id, string step, CancellationToken cancellation) => cases.ExecuteAsync<Case>(
        id, string.Create(CultureInfo.InvariantCulture, $"watch-{time.GetUtcNow():yyyyMMdd}-{step}"), Actors.System,
        found => found.IsClosed ? Decision.Nothing : AttentionDecisions.Mark(found, step),
        [], cancellation);
}
