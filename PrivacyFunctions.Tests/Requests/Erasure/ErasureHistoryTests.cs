using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.Runtime;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Tests.Requests.Access;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.Tests.Requests.Erasure;

/// <summary>What lives in databases is still understood: every released history replays to its recorded end.</summary>
public class ErasureHistoryTests
{
    public static TheoryData<string> Released =>
        [.. Directory.GetFiles(Histories.Folder, "erasure-*.json")
            .Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Order()];

    [Theory]
    [MemberData(nameof(Released))]
    public void ReleasedHistory_TodaysCode_ReplaysToItsEnd(string name)
    {
        var history = Histories.Read(name);
        var result = Replay(history);
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
            var result = Replay(history[..length]);
            Assert.NotEqual(OrchestrationRuntimeStatus.Failed, result.Completion?.Status);
        }
    }

    private static TurnResult Replay(IReadOnlyList<HistoryEvent> history) => OrchestrationTurn.Run(
        ErasureRun.Instance, history, [],
        _ => async context =>
        {
            await RunErasureRequest.RunAsync(context);
            return true;
        },
        DurableJson.Converter, NullLoggerFactory.Instance);
}
