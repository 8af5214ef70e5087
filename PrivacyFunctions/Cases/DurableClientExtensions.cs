using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.Cases;

/// <summary>Starting and waking orchestrations so that repeating it does no harm.</summary>
internal static class DurableClientExtensions
{
    /// <summary>
    /// Starts an instance, or finds it started. A finished one would be started over silently by the host: that the caller
    /// rules out by its own row.
    /// </summary>
    public static async Task StartOnceAsync(
        this DurableTaskClient client, TaskName orchestrator, string instance, object input, CancellationToken cancellation)
    {
        if (await client.GetInstanceAsync(instance, cancellation) is not null) return;
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                orchestrator, input, new StartOrchestrationOptions(instance), cancellation);
        }
        catch (Exception refused) when (refused
            is OrchestrationAlreadyExistsException or InvalidOperationException or RpcException)
        {
            // Somebody else was first, or the answer was lost: what counts is whether it is there.
            if (await client.GetInstanceAsync(instance, cancellation) is null) throw;
        }
    }

    /// <summary>Wakes an instance. One that is finished or unknown has nothing to be woken for.</summary>
    public static async Task WakeAsync(
        this DurableTaskClient client, string instance, string eventName, CancellationToken cancellation)
    {
        if (await IsOverAsync(client, instance, cancellation)) return;
        try
        {
            await client.RaiseEventAsync(instance, eventName, null, cancellation);
        }
        catch (Exception refused) when (refused is InvalidOperationException
            or RpcException { StatusCode: StatusCode.NotFound or StatusCode.FailedPrecondition })
        {
            // It ended in between.
            if (!await IsOverAsync(client, instance, cancellation)) throw;
        }
    }

    private static async Task<bool> IsOverAsync(DurableTaskClient client, string instance, CancellationToken cancellation) =>
        await client.GetInstanceAsync(instance, cancellation) is null or { IsCompleted: true };
}
