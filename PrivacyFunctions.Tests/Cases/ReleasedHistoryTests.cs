using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Tests.Workload.Running;

namespace PrivacyFunctions.Tests.Cases;

/// <summary>
/// What lives in databases is still understood. Every released history is replayed turn by turn by Microsoft's runner, and
/// each turn decides what it decided then: a replay alone would not notice a call that was added at a turn's end.
/// </summary>
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
    public void ReleasedHistory_TodaysCode_DecidesTheSameInEveryTurn(string name)
    {
        var code = CodeOf(NameOf(name));
        Assert.All(RecordedTurn.Of(Histories.Read(name)), turn => Assert.Equal(
            Histories.ToJson(turn.Decided), Histories.ToJson(turn.DecideToday(code))));
    }

    [Fact]
    public void Orchestrators_EachOne_HasAReleasedHistory() =>
        Assert.Equal(Orchestrators.Keys.Order(), Names.Select(NameOf).Distinct().Order());

    private static string NameOf(string history) => RecordedTurn.StartOf(Histories.Read(history)).Name;

    private static OrchestratorFunction CodeOf(string name) => context => RunAsync(Orchestrators[name], context);

    // Where the procedure returns nothing, the test that recorded it returned true.
    private static async Task<object?> RunAsync(MethodInfo orchestrator, TaskOrchestrationContext context)
    {
        var task = (Task)orchestrator.Invoke(null, [context])!;
        await task;
        return orchestrator.ReturnType.IsGenericType ? task.GetType().GetProperty("Result")!.GetValue(task) : true;
    }
}
