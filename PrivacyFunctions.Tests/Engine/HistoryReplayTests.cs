using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Protobuf;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>
/// Replays a history that was recorded once and checked in: what the engine records is what was recorded then, and code that
/// no longer fits fails the instance, or is told by its decisions.
/// </summary>
public sealed class HistoryReplayTests
{
    private static readonly string Recorded = Path.Combine(AppContext.BaseDirectory, "Engine", "Histories", "Confirm.json");

    [Fact]
    public async Task Confirm_RunToday_RecordsTheHistoryThatIsCheckedIn()
    {
        await using var run = await EngineRun.StartAsync(SampleOrchestrators.Functions());
        await run.ScheduleAsync("Confirm", "case-1", "access-1");
        await run.AdvanceAsync(TimeSpan.FromDays(3));
        await run.Client.RaiseEventAsync("access-1", "confirmed", run.Patience);
        await run.SettleAsync();

        // An execution's id is random; everything else is the clock's and the code's.
        var history = run.Engine.ReadHistory("access-1");
        var executionId = RecordedTurn.StartOf(history).OrchestrationInstance.ExecutionId;
        var json = Histories.ToJson(history).Replace(executionId, "0123456789abcdef0123456789abcdef", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("PF_RECORD_HISTORIES") is { Length: > 0 } folder)
            await File.WriteAllTextAsync(Path.Combine(folder, "Confirm.json"), json);

        Assert.Equal(await File.ReadAllTextAsync(Recorded), json);
    }

    [Fact]
    public void Confirm_RecordedHistory_DecidesTheSameInEveryTurn() => Assert.All(
        RecordedTurn.Of(Histories.ReadFile(Recorded)),
        turn => Assert.Equal(Histories.ToJson(turn.Decided), Histories.ToJson(Decide(turn, SampleOrchestrators.Confirm))));

    public static TheoryData<string> Changes => ["removed", "added", "renamed", "another kind", "random"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void Confirm_ChangedCode_FailsTheInstance(string change)
    {
        var turn = RecordedTurn.Of(Histories.ReadFile(Recorded)).Last();

        var decided = Decide(turn, change switch
        {
            "removed" => context => context.WaitForExternalEvent<string>("Confirmed"),
            "added" => async context =>
            {
                await context.CallActivityAsync("SendConfirmationMail");
                return await context.CallActivityAsync<string>("Extra");
            },
            "renamed" => context => context.CallActivityAsync<string>("SendMail"),
            "another kind" => async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(3), CancellationToken.None);
                return "";
            },
            _ => context => context.CallActivityAsync<string>($"Send-{Guid.NewGuid()}"), // deliberately non-deterministic
        });

        var end = decided[^1].ExecutionCompleted;
        Assert.Equal(OrchestrationStatus.Failed, end.OrchestrationStatus);
        Assert.Equal("DurableTask.Core.Exceptions.NonDeterministicOrchestrationException", end.FailureDetails.ErrorType);
    }

    [Fact]
    public void Confirm_CallAddedAtATurnsEnd_IsToldByTheDecisionsAlone()
    {
        var turn = RecordedTurn.Of(Histories.ReadFile(Recorded)).First();

        var decided = Decide(turn, async context =>
        {
            await Task.WhenAll(
                context.CallActivityAsync("SendConfirmationMail", context.GetInput<string>()), context.CallActivityAsync("Extra"));
            return "";
        });

        Assert.Equal(["SendConfirmationMail", "Extra"], decided.Select(happened => happened.TaskScheduled.Name));
        Assert.Single(turn.Decided);
    }

    [Fact]
    public async Task Instance_CodeChangedWhileItWaits_Fails()
    {
        await using var run = await EngineRun.StartAsync(SampleOrchestrators.Functions());
        await run.ScheduleAsync("Confirm", "case-1", "access-1");
        await run.SettleAsync();

        await run.RestartAsync(new TestFunctions()
            .Orchestrator("Confirm", async context =>
            {
                await context.CallActivityAsync("SendAnotherMail", context.GetInput<string>());
                return await context.WaitForExternalEvent<string>("Confirmed");
            }));
        await run.Client.RaiseEventAsync("access-1", "Confirmed", run.Patience);
        var found = await run.LookAsync("access-1");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, found.RuntimeStatus);
        Assert.Contains("SendConfirmationMail", found.SerializedOutput, StringComparison.Ordinal);
    }

    private static IReadOnlyList<HistoryEvent> Decide(
        RecordedTurn turn, Func<TaskOrchestrationContext, Task<string>> orchestrator) =>
        turn.DecideToday(async context => await orchestrator(context));
}
