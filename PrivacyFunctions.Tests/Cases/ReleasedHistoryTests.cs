using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.Runtime;
using PrivacyFunctions.Tests.Support;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.Tests.Cases;

/// <summary>What lives in databases is still understood: every released history replays to its recorded end.</summary>
public class ReleasedHistoryTests
{
    private static readonly Dictionary<string, MethodInfo> Orchestrators = typeof(Composition).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
        .Where(method => method.GetParameters() is [var context] && context.IsDefined(typeof(OrchestrationTriggerAttribute)))
        .ToDictionary(method => method.GetCustomAttribute<FunctionAttribute>()!.Name);

    private static readonly IReadOnlyList<string> Names =
        [.. Directory.GetFiles(Histories.Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    public static TheoryData<string> Released => [.. Names];

    [Theory]
    [MemberData(nameof(Released))]
    public void ReleasedHistory_TodaysCode_ReplaysToItsEnd(string name)
    {
        var history = Histories.Read(name);
        var result = Replay(history);
        Assert.Empty(result.Decisions);
        Assert.Equal(history.OfType<ExecutionCompleted>().SingleOrDefault(), result.Completion);
    }

    [Theory]
    [MemberData(nameof(Released))]
    public void ReleasedHistory_CutAtAnyTurn_IsNeverMisunderstood(string name)
    {
        var history = Histories.Read(name).Where(happened => happened is not ExecutionCompleted).ToList();
        for (var length = 2; length < history.Count; length++)
        {
            // A turn's own decisions follow its messages: cut only where a turn begins.
            if (history[length] is not OrchestratorStarted) continue;
            Assert.NotEqual(OrchestrationRuntimeStatus.Failed, Replay(history[..length]).Completion?.Status);
        }
    }

    [Fact]
    public void Orchestrators_EachOne_HasAReleasedHistory() => Assert.Equal(
        Orchestrators.Keys.Order(),
        Names.Select(name => NameOf(Histories.Read(name))).Distinct().Order());

    private static string NameOf(IReadOnlyList<HistoryEvent> history) => history.OfType<ExecutionStarted>().Single().Name;

    private static TurnResult Replay(IReadOnlyList<HistoryEvent> history) => OrchestrationTurn.Run(
        "replayed", history, [], name => context => RunAsync(Orchestrators[name], context), DurableJson.Converter,
        NullLoggerFactory.Instance);

    // Where the procedure returns nothing, the test that recorded it returned true.
    private static async Task<object?> RunAsync(MethodInfo orchestrator, TaskOrchestrationContext context)
    {
        var task = (Task)orchestrator.Invoke(null, [context])!;
        await task;
        return orchestrator.ReturnType.IsGenericType ? task.GetType().GetProperty("Result")!.GetValue(task) : true;
    }
}
