using Grpc.Core;
using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.Cases;

/// <summary>What became of stopping, or of letting go on, whatever works on a case.</summary>
internal enum SwitchOutcome
{
    /// <summary>It is seen of every instance.</summary>
    Done,

    /// <summary>Nothing works on the case.</summary>
    NothingThere,

    /// <summary>It is not seen of every instance yet.</summary>
    NotYet,
}

/// <summary>
/// Stops all instances that work on a case, the case's own and its stages, lets them go on, and clears away what is left of them.
/// The host takes such a wish without a promise, and throws when it is fulfilled already: what counts is the state that is seen
/// afterwards.
/// </summary>
internal sealed class CaseInstances(TimeProvider time)
{
    private const int Attempts = 6;
    private const int LooksAnAttempt = 5;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(400);

    private static readonly OrchestrationRuntimeStatus[] Open =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <summary>Stops them. A stage that one of them was just starting is stopped, too.</summary>
    /// <param name="client">The durable client.</param>
    /// <param name="instance">The case's instance.</param>
    /// <param name="cancellation">Stops trying; some may be stopped then.</param>
    public Task<SwitchOutcome> StopAsync(DurableTaskClient client, string instance, CancellationToken cancellation) =>
        SwitchAsync(
            client, instance, OrchestrationRuntimeStatus.Suspended,
            found => client.SuspendInstanceAsync(found, null, cancellation), cancellation);

    /// <summary>Lets them go on.</summary>
    /// <inheritdoc cref="StopAsync"/>
    public Task<SwitchOutcome> GoOnAsync(DurableTaskClient client, string instance, CancellationToken cancellation) =>
        SwitchAsync(
            client, instance, OrchestrationRuntimeStatus.Running,
            found => client.ResumeInstanceAsync(found, null, cancellation), cancellation);

    /// <summary>
    /// Clears away a workflow that has failed, so that it can begin again: its stages that still run are ended, and its histories go.
    /// </summary>
    /// <param name="client">The durable client.</param>
    /// <param name="instance">The case's instance.</param>
    /// <param name="cancellation">Stops trying; some may be gone then.</param>
    /// <returns>
    /// <see cref="SwitchOutcome.Done"/> when nothing is left; <see cref="SwitchOutcome.NotYet"/> when something still is, or the
    /// workflow works.
    /// </returns>
    public async Task<SwitchOutcome> ClearAsync(DurableTaskClient client, string instance, CancellationToken cancellation)
    {
        for (var look = 0; look < Attempts * LooksAnAttempt; look++)
        {
            var left = await client.GetAllInstancesAsync(new OrchestrationQuery { InstanceIdPrefix = instance }).ToListAsync(cancellation);
            if (left.Count == 0) return SwitchOutcome.Done;
            foreach (var found in left)
            {
                // It works, or another operator has begun it again meanwhile: nothing of it is touched.
                if (await IsOpenAsync(client, instance, cancellation)) return SwitchOutcome.NotYet;
                if (found.IsCompleted) await TryAsync(id => client.PurgeInstanceAsync(id, cancellation), found.InstanceId);
                else if (found.InstanceId != instance) await TryAsync(id => client.TerminateInstanceAsync(id, cancellation), found.InstanceId);
            }

            await Task.Delay(BetweenLooks, time, cancellation);
        }

        return SwitchOutcome.NotYet;
    }

    /// <summary>Whether the case's own instance works, or is paused.</summary>
    public static async Task<bool> IsOpenAsync(DurableTaskClient client, string instance, CancellationToken cancellation) =>
        await client.GetInstanceAsync(instance, cancellation) is { IsCompleted: false };

    /// <summary>Whether the case's own instance is paused.</summary>
    public static async Task<bool> IsStoppedAsync(DurableTaskClient client, string instance, CancellationToken cancellation) =>
        await client.GetInstanceAsync(instance, cancellation) is { RuntimeStatus: OrchestrationRuntimeStatus.Suspended };

    private async Task<SwitchOutcome> SwitchAsync(
        DurableTaskClient client, string instance, OrchestrationRuntimeStatus wanted, Func<string, Task> change,
        CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            foreach (var other in (await OpenAsync(client, instance, cancellation)).Where(found => !Is(found, wanted)))
                await TryAsync(change, other.InstanceId);

            // Seen twice in a row: one that was about to start when it was looked for the first time is not missed.
            for (var (look, agreeing) = (0, 0); look < LooksAnAttempt; look++)
            {
                var open = await OpenAsync(client, instance, cancellation);
                if (open.Count == 0) return SwitchOutcome.NothingThere;
                agreeing = open.TrueForAll(found => Is(found, wanted)) ? agreeing + 1 : 0;
                if (agreeing == 2) return SwitchOutcome.Done;
                await Task.Delay(BetweenLooks, time, cancellation);
            }
        }

        return SwitchOutcome.NotYet;
    }

    private static bool Is(OrchestrationMetadata found, OrchestrationRuntimeStatus wanted) =>
        found.RuntimeStatus == OrchestrationRuntimeStatus.Suspended == (wanted == OrchestrationRuntimeStatus.Suspended);

    // It refuses what is so already, and what is over by now: the next look tells.
    private static async Task TryAsync(Func<string, Task> change, string instance)
    {
        try
        {
            await change(instance);
        }
        catch (Exception refused) when (refused is RpcException or InvalidOperationException)
        {
        }
    }

    private static async Task<List<OrchestrationMetadata>> OpenAsync(
        DurableTaskClient client, string instance, CancellationToken cancellation)
    {
        var query = new OrchestrationQuery { InstanceIdPrefix = instance, Statuses = Open };
        return await client.GetAllInstancesAsync(query).ToListAsync(cancellation);
    }
}
