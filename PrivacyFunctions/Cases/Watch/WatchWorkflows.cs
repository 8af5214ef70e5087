using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Cases.Operators;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Cases.Watch;

/// <summary>
/// Looks every night for workflows that have failed, which no step of theirs can tell, and for stopped ones whose case does not
/// say so, because the host went while an operator stopped them. It marks their open cases as needing attention, and tells of a
/// job that is no case's, such as a sweep: nothing that was promised stops without somebody seeing it. A case that has ended in the
/// meantime still has a mailbox to forget: a stopped workflow goes on, and what a failed one left is forgotten here.
/// </summary>
internal sealed class WatchWorkflows(
    CaseStore cases, CaseKinds kinds, CaseInstances instances, IEnumerable<IForgottenWithCase> forgotten, OfficerMails officer, TimeProvider time, ILogger<WatchWorkflows> log)
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
            client, OrchestrationRuntimeStatus.Suspended,
            (found, stop) => found.IsClosed
                ? instances.GoOnAsync(client, Workflow.InstanceOf(found.Kind, found.Id), stop)
                : MarkStoppedAsync(client, found, stop), cancellation);
    }

    private async Task MarkAsync(
        DurableTaskClient client, OrchestrationRuntimeStatus status, Func<Case, CancellationToken, Task> mark,
        CancellationToken cancellation)
    {
        var query = new OrchestrationQuery { Statuses = [status], PageSize = PageSize };
        await foreach (var instance in client.GetAllInstancesAsync(query).WithCancellation(cancellation))
            await TryAsync(instance.InstanceId, stop => kinds.CaseOf(instance.InstanceId) is { } id
                ? MarkAsync(id, mark, stop)
                : TellOfJobAsync(instance, stop), cancellation);
    }

    // One that cannot be marked tonight must not hide the others.
    private async Task TryAsync(string instance, Func<CancellationToken, Task> mark, CancellationToken cancellation)
    {
        try
        {
            await mark(cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogError("Nobody could be told of the workflow {Instance}: {Kind}", instance, failure.GetType().Name);
        }
    }

    private async Task MarkAsync(CaseId id, Func<Case, CancellationToken, Task> mark, CancellationToken cancellation)
    {
        if (await cases.FindAsync(id, cancellation) is { } found) await mark(found.Case, cancellation);
    }

    // A stage of a job fails with the job, which is the one to tell of. Nobody stops a job that is no case's.
    private async Task TellOfJobAsync(OrchestrationMetadata job, CancellationToken cancellation)
    {
        if (job.RuntimeStatus is OrchestrationRuntimeStatus.Failed && Workflow.ScopeOf(job.InstanceId) is null)
            await officer.TellOnceAsync(job.InstanceId, "job-failed", new JobFailed(job.InstanceId), cancellation);
    }

    private async Task MarkFailedAsync(Case found, CancellationToken cancellation)
    {
        var id = found.Id;
        if (found.IsClosed)
        {
            foreach (var part in forgotten) await part.ForgetAsync(id, cancellation);
            return;
        }

        log.LogError("The workflow of case {Case} has failed", id);
        var failed = await NeedsAttentionAsync(id, Step, cancellation);
        // Once for each beginning.
        var key = failed.Restarts == 0 ? "workflow-failed" : $"workflow-failed-{failed.Restarts}";
        await officer.TellOnceAsync(id, key, new WorkflowFailed(id), cancellation);
    }

    // Somebody may have let it go on since it was listed.
    private async Task MarkStoppedAsync(DurableTaskClient client, Case found, CancellationToken cancellation)
    {
        if (await CaseInstances.IsStoppedAsync(client, Workflow.InstanceOf(found.Kind, found.Id), cancellation))
            await NeedsAttentionAsync(found.Id, PauseCase.Step, cancellation);
    }

    // A command of this night: a step that works again may have taken an earlier mark away.
    private Task<Case> NeedsAttentionAsync(CaseId id, string step, CancellationToken cancellation) => cases.ExecuteAsync<Case>(
        id, string.Create(CultureInfo.InvariantCulture, $"watch-{time.GetUtcNow():yyyyMMdd}-{step}"), Actors.System,
        found => found.IsClosed ? Decision.Nothing : AttentionDecisions.Mark(found, step),
        [], cancellation);
}
