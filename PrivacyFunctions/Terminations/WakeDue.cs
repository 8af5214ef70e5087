using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Wakes the terminations on one page of the due index. An entry is checked against its case: one that no longer holds is
/// removed. Waking one twice does nothing.
/// </summary>
internal sealed class WakeDue(DueIndex due, CaseStore cases, OnceRuns runs)
{
    public static readonly Step<WakeStep, WokenPage> Step = new(nameof(WakeDue));
    public static readonly Step<RunEnd> EndCleanupStep = new(nameof(EndCleanup));

    private const int PageSize = 100;
    private const int AtATime = 8;

    [Function(nameof(WakeDue))]
    public async Task<WokenPage> RunAsync(
        [ActivityTrigger] WakeStep step, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var page = await due.PageAsync(step.Shard, step.Date, step.After, PageSize, cancellation);
        var woken = 0;
        await Parallel.ForEachAsync(
            page, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation },
            async (entry, stop) =>
            {
                if (await WakeAsync(entry, client, stop)) Interlocked.Increment(ref woken);
            });
        return new(woken, page.Count == PageSize ? page[^1].Key : null);
    }

    /// <summary>The cleanup of that date is over; it is not run again.</summary>
    [Function(nameof(EndCleanup))]
    public Task EndCleanup([ActivityTrigger] RunEnd end, CancellationToken cancellation) => runs.EndAsync(end.Run, cancellation);

    private async Task<bool> WakeAsync(DueEntry entry, DurableTaskClient client, CancellationToken cancellation)
    {
        var found = await cases.FindAsync(entry.Case, cancellation);
        if (found is { Case: Termination
            {
                Status: TerminationStatus.Undoable or TerminationStatus.AwaitingPurge or TerminationStatus.Purging,
            } })
        {
            await client.WakeAsync(Workflow.InstanceOf(CaseKind.Termination, entry.Case), IntentDispatcher.Wake, cancellation);
            return true;
        }

        // Written for a confirmation that never came, or left by a crash after the end.
        await due.RemoveAsync(entry.Day, entry.Case, cancellation);
        return false;
    }
}
