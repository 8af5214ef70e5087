using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.Accounts;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.Runtime;
using PrivacyFunctions.Tests.Requests.Access;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.Tests.Accounts;

/// <summary>What lives in databases is still understood: every released history replays to its recorded end.</summary>
public class AccountHistoryTests
{
    private static readonly Dictionary<string, (string Instance, Func<TaskOrchestrationContext, Task> Procedure)> Kinds = new()
    {
        ["termination"] = (TerminationRun.Instance, RunTermination.RunAsync),
        ["purge"] = (TerminationRun.PurgeInstance, PurgeAccount.RunAsync),
        ["cleanup"] = (CleanupRun.Instance, RunCleanup.RunAsync),
    };

    public static TheoryData<string> Released =>
        [.. Kinds.Keys.SelectMany(kind => Directory.GetFiles(Histories.Folder, $"{kind}-*.json"))
            .Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Order()];

    [Theory]
    [MemberData(nameof(Released))]
    public void ReleasedHistory_TodaysCode_ReplaysToItsEnd(string name)
    {
        var history = Histories.Read(name);
        var result = Replay(name, history);
        Assert.Empty(result.Decisions);
        Assert.Equal(history.OfType<ExecutionCompleted>().Single(), result.Completion);
    }

    [Theory]
    [MemberData(nameof(Released))]
    public void ReleasedHistory_CutAtAnyEvent_IsNeverMisunderstood(string name)
    {
        var history = Histories.Read(name).Where(happened => happened is not ExecutionCompleted).ToList();
        for (var length = 2; length < history.Count; length++)
        {
            // A turn's own decisions follow its messages: cut only where a turn begins.
            if (history[length] is not OrchestratorStarted) continue;
            var result = Replay(name, history[..length]);
            Assert.NotEqual(OrchestrationRuntimeStatus.Failed, result.Completion?.Status);
        }
    }

    [Fact]
    public void Released_EachKind_HasSome() =>
        Assert.All(Kinds.Keys, kind => Assert.NotEmpty(Directory.GetFiles(Histories.Folder, $"{kind}-v1.*.json")));

    private static TurnResult Replay(string name, IReadOnlyList<HistoryEvent> history)
    {
        var (instance, procedure) = Kinds[name[..name.IndexOf('-', StringComparison.Ordinal)]];
        return OrchestrationTurn.Run(
            instance, history, [], _ => context => Ended(procedure, context), DurableJson.Converter, NullLoggerFactory.Instance);
    }

    private static async Task<object?> Ended(Func<TaskOrchestrationContext, Task> procedure, TaskOrchestrationContext context)
    {
        await procedure(context);
        return true;
    }
}
