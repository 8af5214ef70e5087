using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Cases;

/// <summary>
/// Carries out what a commit left to do: starts or wakes the case's orchestration, at least once, in the order of the
/// commits. Safe to repeat and to run twice at a time.
/// </summary>
internal sealed class IntentDispatcher(
    CaseStore cases, PendingHints hints, CaseKinds kinds, ILogger<IntentDispatcher> log)
{
    /// <summary>The event that wakes an orchestration. It carries nothing: the case row is the truth.</summary>
    public const string Wake = "Wake";

    /// <summary>Carries out what is left to do for a case.</summary>
    public async Task DispatchAsync(DurableTaskClient client, CaseId id, CancellationToken cancellation)
    {
        // Taken before the intents are read, so that a hint written meanwhile for a later commit stays.
        var seen = new List<Hint>();
        await foreach (var hint in hints.OfCaseAsync(id, cancellation)) seen.Add(hint);

        var row = await cases.FindAsync(id, cancellation);
        if (row is null) return; // the commit may still come; the sweep removes hints that nothing followed

        foreach (var intent in await cases.IntentsAsync(id, cancellation))
        {
            await CarryOutAsync(client, row.Case, intent.Intent, cancellation);
            await cases.RemoveIntentAsync(id, intent, cancellation);
        }

        foreach (var hint in seen.Where(hint => IsCommitted(hint, row))) await hints.RemoveAsync(hint, cancellation);
    }

    /// <summary>
    /// The same for a trigger that has committed already: what it promised is stored, so a failure here is no failure of the
    /// request. It is logged, and the one-minute timer carries on.
    /// </summary>
    public Task TryDispatchAsync(DurableTaskClient client, CaseId id, CancellationToken cancellation) =>
        TryAsync(id, () => DispatchAsync(client, id, cancellation), cancellation);

    /// <summary>
    /// Starts the workflow of a case that was stored just now, so that nothing else can be left to do. The workflow's first step
    /// notes that it runs (<see cref="CaseStore.StartedAsync"/>): until then the timer would start it.
    /// </summary>
    public Task TryStartAsync(DurableTaskClient client, Case stored, CancellationToken cancellation) =>
        TryAsync(stored.Id, () => CarryOutAsync(client, stored, Intent.Start, cancellation), cancellation);

    private async Task TryAsync(CaseId id, Func<Task> dispatch, CancellationToken cancellation)
    {
        try
        {
            await dispatch();
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning("Case {Case} is left to the timer: {Kind}", id, failure.GetType().Name);
        }
    }

    // A hint for a sequence that is not reached yet belongs to a commit under way.
    private static bool IsCommitted(Hint hint, CaseRow row) =>
        string.CompareOrdinal(hint.RowKey, $"{row.Case.Id}-{row.Sequence:D10}") <= 0;

    private async Task CarryOutAsync(DurableTaskClient client, Case @case, Intent intent, CancellationToken cancellation)
    {
        var instance = Workflow.InstanceOf(@case.Kind, @case.Id);
        switch (intent)
        {
            case Intent.Start when !@case.IsClosed:
                var workflow = kinds.Of(@case.Kind);
                await client.StartOnceAsync(workflow.Orchestrator, instance, workflow.InputOf(@case), cancellation);
                break;
            case Intent.Wake:
                await client.WakeAsync(instance, Wake, cancellation);
                break;
        }
    }
}
