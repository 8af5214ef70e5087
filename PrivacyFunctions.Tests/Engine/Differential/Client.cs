using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.Tests.Engine.Differential;

/// <summary>How an orchestration ended, as far as both engines must agree.</summary>
/// <param name="Text">Its output in JSON, or what its failure says.</param>
/// <param name="CustomStatus">Of one that ended on its own, in JSON.</param>
internal sealed record Outcome(OrchestrationRuntimeStatus Status, string? Text, string? CustomStatus);

/// <summary>The client of scenarios, the same code on both engines.</summary>
internal static class Client
{
    /// <summary>Starts the instance and does to it what the scenario has.</summary>
    public static async Task BeginAsync(DurableTaskClient client, Scenario scenario, CancellationToken patience)
    {
        var options = new StartOrchestrationOptions(scenario.Id);
        if (scenario.Version is { } version)
            options = options with { Version = version };
        await client.ScheduleNewOrchestrationInstanceAsync(
            PlanInterpreter.Orchestrator, scenario.Plan.ToJson(), options, patience);
        await client.WaitForInstanceStartAsync(scenario.Id, patience);
        var suspends = scenario.Suspends && await TryAsync(() => client.SuspendInstanceAsync(scenario.Id, patience));
        foreach (var name in scenario.Events)
            await TryAsync(() => client.RaiseEventAsync(scenario.Id, name, $"heard {name}", patience));
        if (suspends && await IsSuspendedAsync(client, scenario, patience))
            await TryAsync(() => client.ResumeInstanceAsync(scenario.Id, patience));
        if (scenario.Terminates)
            await TryAsync(() => client.TerminateInstanceAsync(scenario.Id, "enough", patience));
    }

    /// <returns><c>null</c> when it does not end.</returns>
    public static async Task<Outcome?> EndAsync(DurableTaskClient client, Scenario scenario, CancellationToken patience)
    {
        OrchestrationMetadata found;
        try
        {
            found = await client.WaitForInstanceCompletionAsync(scenario.Id, getInputsAndOutputs: true, patience);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        // A failure's text is the output on one engine, and stands in the failure's details on the other.
        var text = found.RuntimeStatus == OrchestrationRuntimeStatus.Failed
            ? found.FailureDetails?.ErrorMessage ?? found.SerializedOutput
            : found.SerializedOutput;

        // How far a terminated one had come is chance.
        var isOnItsOwn = found.RuntimeStatus != OrchestrationRuntimeStatus.Terminated;
        return new(found.RuntimeStatus, text, isOnItsOwn ? found.SerializedCustomStatus : null);
    }

    // A suspension is acknowledged before it holds, and a resumption that overtakes it is lost.
    private static async Task<bool> IsSuspendedAsync(DurableTaskClient client, Scenario scenario, CancellationToken patience)
    {
        while (await client.GetInstanceAsync(scenario.Id, patience) is { IsCompleted: false } found)
        {
            if (found.RuntimeStatus == OrchestrationRuntimeStatus.Suspended)
                return true;
            await Task.Delay(TimeSpan.FromMilliseconds(5), patience);
        }

        return false;
    }

    // It may have failed already, at a step before.
    private static async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.FailedPrecondition)
        {
            return false;
        }
    }
}
