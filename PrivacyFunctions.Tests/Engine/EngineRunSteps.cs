using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Protobuf;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>What tests of whole procedures do with a run.</summary>
internal static class EngineRunSteps
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(30);

    /// <summary>Lets days pass, in steps that are short enough for what comes of a timer to come of the next one, too.</summary>
    public static async Task PassDaysAsync(this EngineRun run, int days)
    {
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromDays(days); passed += Step) await run.AdvanceAsync(Step);
    }

    /// <summary>The history of the one stage whose instance begins so.</summary>
    public static async Task<IReadOnlyList<HistoryEvent>> StageHistoryAsync(this EngineRun run, string prefix)
    {
        var stages = await run.Client.GetAllInstancesAsync(new OrchestrationQuery { InstanceIdPrefix = prefix })
            .ToListAsync(run.Patience);
        return run.Engine.ReadHistory(Assert.Single(stages).InstanceId);
    }
}
