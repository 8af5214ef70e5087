using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Tests.Engine;

namespace PrivacyFunctions.Tests.Cases;

/// <summary>Whatever works on a case is stopped and goes on, by Microsoft's client and on the real engine.</summary>
public class CaseInstancesTests
{
    private static readonly CaseId Id = CaseId.Parse(new('a', 32));
    private static readonly string Main = Workflow.InstanceOf(CaseKind.Erasure, Id);

    private static readonly string[] Family = [Main, $"{Main}:Stage-1", $"{Main}:Stage-1:Step-1"];

    [Fact]
    public async Task Stop_CaseWithStages_StopsThemAllAndGoOnLetsThemAllGoOn()
    {
        await using var run = await StartAsync();
        var instances = new CaseInstances(new Hurried());
        foreach (var _ in new[] { "first", "repeated" })
        {
            Assert.Equal(SwitchOutcome.Done, await instances.StopAsync(run.Client, Main, run.Patience));
            await AllAreAsync(run, OrchestrationRuntimeStatus.Suspended);
        }

        await run.AdvanceAsync(TimeSpan.FromDays(2)); // what they wait for comes, and is not heard
        await AllAreAsync(run, OrchestrationRuntimeStatus.Suspended);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await run.LookAsync("erasure-another")).RuntimeStatus);

        Assert.NotEqual(SwitchOutcome.NotYet, await instances.GoOnAsync(run.Client, Main, run.Patience));
        await AllAreAsync(run, OrchestrationRuntimeStatus.Completed);
        Assert.Equal(SwitchOutcome.NothingThere, await instances.StopAsync(run.Client, Main, run.Patience));
    }

    [Fact]
    public async Task GoOn_RunningCase_IsDoneAlready()
    {
        await using var run = await StartAsync();
        Assert.Equal(
            SwitchOutcome.Done, await new CaseInstances(new Hurried()).GoOnAsync(run.Client, Main, run.Patience));
    }

    [Fact]
    public async Task Stop_WishThatIsLostAtFirst_IsRepeatedUntilItIsSeen()
    {
        await using var run = await StartAsync();
        var client = new LossyClient(run.Client, lost: 4);
        Assert.Equal(
            SwitchOutcome.Done, await new CaseInstances(new Hurried()).StopAsync(client, Main, run.Patience));
        await AllAreAsync(run, OrchestrationRuntimeStatus.Suspended);
    }

    [Fact]
    public async Task Stop_WishThatIsAlwaysLost_IsNotYetSo()
    {
        await using var run = await StartAsync();
        var client = new LossyClient(run.Client, lost: int.MaxValue);
        Assert.Equal(
            SwitchOutcome.NotYet, await new CaseInstances(new Hurried()).StopAsync(client, Main, run.Patience));
    }

    [Fact]
    public async Task Stop_StageThatStartsAfterAllWereSeenStopped_IsStoppedToo()
    {
        await using var run = await StartAsync();
        var late = $"{Main}:Late-1";
        // The first listing finds what to stop, the second sees all of it stopped.
        var client = new ListingClient(run.Client, number: 3, async () =>
        {
            await run.ScheduleAsync("Another", id: late);
            await run.SettleAsync();
        });
        Assert.Equal(
            SwitchOutcome.Done, await new CaseInstances(new Hurried()).StopAsync(client, Main, run.Patience));
        await AllAreAsync(run, OrchestrationRuntimeStatus.Suspended);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await run.LookAsync(late)).RuntimeStatus);
    }

    [Fact]
    public async Task Clear_WhileAnotherOperatorBeginsItAgain_LeavesTheNewOneAndItsStages()
    {
        await using var run = await StartAsync();
        await run.Client.TerminateInstanceAsync(Main);
        await run.SettleAsync();
        var instances = new CaseInstances(new Hurried());
        var client = new ListingClient(run.Client, number: 1, async () =>
        {
            Assert.Equal(SwitchOutcome.Done, await instances.ClearAsync(run.Client, Main, run.Patience));
            await run.ScheduleAsync("Case", id: Main);
            await run.SettleAsync();
        });

        Assert.Equal(SwitchOutcome.NotYet, await instances.ClearAsync(client, Main, run.Patience));

        await run.SettleAsync();
        await AllAreAsync(run, OrchestrationRuntimeStatus.Running);
    }

    [Fact]
    public async Task StartOnce_ThatRunsOrIsOver_StartsNothing()
    {
        await using var run = await StartAsync();
        await run.Client.StartOnceAsync("Fails", Main, new object(), run.Patience);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await run.LookAsync(Main)).RuntimeStatus);
        await run.AdvanceAsync(TimeSpan.FromDays(2));
        await run.Client.StartOnceAsync("Fails", Main, new object(), run.Patience);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await run.LookAsync(Main)).RuntimeStatus);
    }

    [Fact]
    public async Task Wake_UnknownOrFinished_IsNothingToDo()
    {
        await using var run = await StartAsync();
        await run.Client.WakeAsync("erasure-unknown", "Wake", run.Patience);
        await run.AdvanceAsync(TimeSpan.FromDays(2));
        await run.Client.WakeAsync(Main, "Wake", run.Patience);
        await run.SettleAsync();
    }

    // It must not look as if it had been woken: whoever wakes it keeps the intent until it has.
    [Fact]
    public async Task Wake_RefusedWhileItRuns_Throws()
    {
        await using var run = await StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => new RefusingClient(run.Client).WakeAsync(Main, "Wake", run.Patience));
    }

    private static async Task<EngineRun> StartAsync()
    {
        var functions = new TestFunctions()
            .Orchestrator("Case", context => CallAsync(context, "Stage"))
            .Orchestrator("Stage", context => CallAsync(context, "Step"))
            .Orchestrator("Step", async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(1), default);
                return true;
            })
            .Orchestrator("Another", context => context.WaitForExternalEvent<bool>("Never"))
            .Orchestrator<bool>("Fails", _ => throw new InvalidOperationException("It is not to be started."));
        var run = await EngineRun.StartAsync(functions);
        await run.ScheduleAsync("Case", id: Main);
        await run.ScheduleAsync("Another", id: "erasure-another");
        await run.SettleAsync();
        return run;

        static Task<bool> CallAsync(TaskOrchestrationContext context, string stage) => context.CallSubOrchestratorAsync<bool>(
            stage, options: new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:{stage}-1"));
    }

    private static async Task AllAreAsync(EngineRun run, OrchestrationRuntimeStatus status)
    {
        foreach (var instance in Family) Assert.Equal(status, (await run.LookAsync(instance)).RuntimeStatus);
    }

    /// <summary>A client some of whose wishes get lost, or are refused although they would be needed.</summary>
    private sealed class LossyClient(DurableTaskClient inner, int lost) : StandInClient(inner)
    {
        private int _wishes;

        public override Task SuspendInstanceAsync(
            string instanceId, string? reason = null, CancellationToken cancellation = default) =>
            ++_wishes > lost ? base.SuspendInstanceAsync(instanceId, reason, cancellation)
            : _wishes % 2 == 0 ? Task.CompletedTask
            : throw new RpcException(new Status(StatusCode.Unknown, "Cannot suspend."));
    }

    /// <summary>A client that lets something happen right before the listing of that number.</summary>
    private sealed class ListingClient(DurableTaskClient inner, int number, Func<Task> happens) : StandInClient(inner)
    {
        private int _listings;

        public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
        {
            if (++_listings == number) happens().GetAwaiter().GetResult();
            return base.GetAllInstancesAsync(filter);
        }
    }

    /// <summary>A client that takes no event.</summary>
    private sealed class RefusingClient(DurableTaskClient inner) : StandInClient(inner)
    {
        public override Task RaiseEventAsync(
            string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
            throw new InvalidOperationException("Not now.");
    }
}
