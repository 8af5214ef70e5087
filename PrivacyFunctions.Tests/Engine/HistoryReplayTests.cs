using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.Runtime;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>
/// Replays histories that were recorded once and checked in: code that no longer fits them would strand the instances that
/// live in somebody's database. Record a new one by copying the output of
/// <see cref="Confirm_RunToday_RecordsTheHistoryThatIsCheckedIn"/>; never edit an old one.
/// </summary>
public sealed class HistoryReplayTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    [Fact]
    public void Confirm_RecordedHistory_IsReplayedWithoutNewDecisions()
    {
        var history = Read("Confirm.json");

        var result = Replay(history, SampleOrchestrators.Confirm);

        Assert.Empty(result.Decisions);
        Assert.Equal(history.OfType<ExecutionCompleted>().Single(), result.Completion);
    }

    [Fact]
    public async Task Confirm_RunToday_RecordsTheHistoryThatIsCheckedIn()
    {
        await using var run = await EngineRun.StartAsync(SampleOrchestrators.Functions());
        await run.ScheduleAsync("Confirm", "case-1", "access-1");
        await run.AdvanceAsync(TimeSpan.FromDays(3));
        await run.Client.RaiseEventAsync("access-1", "confirmed", run.Patience);
        await run.SettleAsync();

        // An execution's id is random, and ids that NewGuid derives depend on it; everything else is the clock's and the code's.
        var executionId = Read("Confirm.json").OfType<ExecutionStarted>().Single().ExecutionId;
        var recorded = run.Engine.ReadHistory("access-1")
            .Select(happened => happened is ExecutionStarted start ? start with { ExecutionId = executionId } : happened)
            .Where(happened => happened is not ExecutionCompleted);

        Assert.Equal(
            JsonSerializer.Serialize(Read("Confirm.json").Where(happened => happened is not ExecutionCompleted), Readable),
            JsonSerializer.Serialize(recorded, Readable));
    }

    [Fact]
    public void Confirm_HistoryOfOtherCode_FailsAndSaysWhereAndHow()
    {
        var result = Replay(Read("Confirm.before-the-activity-was-renamed.json"), SampleOrchestrators.Confirm);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, result.Completion!.Status);
        Assert.Equal(
            "Orchestrator 'Confirm' does not fit its history at step #0: expected activity 'SendMail' (from the history), "
            + "found activity 'SendConfirmationMail' (from the code). The orchestrator's code was changed while this instance "
            + "was alive, or it does not decide the same way every time.",
            result.Completion.Output);
    }

    public static TheoryData<string, string> Changes => new()
    {
        { "removed", "#0: expected activity 'SendConfirmationMail' (from the history), found nothing (from the code)" },
        { "added", "#1: expected a timer (from the history), found activity 'Extra' (from the code)" },
        { "added in parallel", "#1: expected nothing (from the history), found activity 'Extra' (from the code)" },
        { "another kind", "#0: expected activity 'SendConfirmationMail' (from the history), found a timer (from the code)" },
        { "random", "#0: expected activity 'SendConfirmationMail' (from the history), found activity 'Send-" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Confirm_ChangedCode_FailsAndSaysWhereAndHow(string change, string expected)
    {
        var result = Replay(Read("Confirm.json"), change switch
        {
            "removed" => context => context.WaitForExternalEvent<string>("Confirmed"),
            "added" => async context =>
            {
                await context.CallActivityAsync("SendConfirmationMail");
                return await context.CallActivityAsync<string>("Extra");
            },
            "added in parallel" => async context =>
            {
                await Task.WhenAll(context.CallActivityAsync("SendConfirmationMail"), context.CallActivityAsync("Extra"));
                return "";
            },
            "another kind" => async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(3), CancellationToken.None);
                return "";
            },
            _ => context => context.CallActivityAsync<string>($"Send-{Guid.NewGuid()}"), // deliberately non-deterministic
        });

        Assert.Equal(OrchestrationRuntimeStatus.Failed, result.Completion!.Status);
        Assert.Contains(expected, result.Completion.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instance_CodeChangedWhileItWaits_FailsWithTheClearMessage()
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
        Assert.Contains("expected activity 'SendConfirmationMail'", found.SerializedOutput, StringComparison.Ordinal);
        Assert.Contains("found activity 'SendAnotherMail'", found.SerializedOutput, StringComparison.Ordinal);
        Assert.Contains("code was changed while this instance was alive", found.SerializedOutput, StringComparison.Ordinal);
    }

    private static List<HistoryEvent> Read(string file) => JsonSerializer.Deserialize<List<HistoryEvent>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Engine", "Histories", file)))!;

    private static TurnResult Replay(List<HistoryEvent> history, Func<TaskOrchestrationContext, Task<string>> orchestrator) =>
        OrchestrationTurn.Run(
            "access-1",
            history,
            [],
            _ => async context => await orchestrator(context),
            DurableJson.Converter,
            NullLoggerFactory.Instance);
}
