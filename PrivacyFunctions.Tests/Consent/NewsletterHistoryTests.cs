using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.Consent;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.Runtime;
using PrivacyFunctions.Tests.Requests.Access;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.Tests.Consent;

/// <summary>What lives in databases is still understood: every released history replays to its recorded end.</summary>
public class NewsletterHistoryTests
{
    public static TheoryData<string> Released =>
        [.. Directory.GetFiles(Histories.Folder, "newsletter-*.json")
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

    private static TurnResult Replay(string name, IReadOnlyList<HistoryEvent> history)
    {
        var isStretch = name.StartsWith("newsletter-stretch", StringComparison.Ordinal);
        return OrchestrationTurn.Run(
            isStretch ? $"{NewsletterRun.Instance}:1" : NewsletterRun.Instance, history, [],
            _ => async context =>
            {
                if (isStretch) return await SendNewsletterStretch.RunAsync(context);
                await RunNewsletter.RunAsync(context);
                return true;
            },
            DurableJson.Converter, NullLoggerFactory.Instance);
    }
}
