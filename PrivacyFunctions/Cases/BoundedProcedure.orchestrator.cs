using Microsoft.DurableTask;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Cases;

/// <summary>
/// The procedure of today. Whatever may take many turns is a stage of its own (<c>{instance}:{stage}</c>), which begins a new
/// history after some of them; so the history of the case grows with its steps, not with the days that one of them takes.
/// </summary>
internal sealed class BoundedProcedure(
    TaskOrchestrationContext context, CaseId id, LegalClock clock, string version, string? scope)
    : CaseProcedure(context, id, clock)
{
    private int _stages;

    /// <inheritdoc/>
    public override async Task UntilTrueAsync(Question question)
    {
        if (await AskAsync(question)) return;
        await StageAsync(nameof(AskUntil), new AskInput(Id, version, Clock, question));
    }

    /// <summary>Carries out a stage with turns of its own.</summary>
    /// <param name="orchestrator">Its name.</param>
    /// <param name="input">Ids and policy only.</param>
    public Task StageAsync(string orchestrator, object input) =>
        RunAsync<object?>(orchestrator, input, StageOf(orchestrator));

    /// <summary>The same for a stage that waits for news of the case: what wakes the case meanwhile wakes the stage.</summary>
    /// <returns>What the stage came to.</returns>
    public Task<T> WokenStageAsync<T>(string orchestrator, object input)
    {
        var stage = StageOf(orchestrator);
        return WithWakesAsync(stage, RunAsync<T>(orchestrator, input, stage));
    }

    /// <inheritdoc/>
    protected override Task<T> CarryOutAsync<T>(StepCall call, string? part = null)
    {
        var stage = StageOf(call.Activity);
        var shown = new BrokenStep(
            Id, part is null ? call.Activity : $"{call.Activity}/{part}", Breakdown: 0, Workflow.ScopeOf(stage));
        return Mending.TryOrMendAsync<T>(Context, nameof(MendStep), new MendInput(call, shown), stage);
    }

    /// <inheritdoc/>
    protected override Task TimerAt(DateTime due, CancellationToken cancellation) => Context.UntilAsync(due, cancellation);

    private Task<T> RunAsync<T>(string orchestrator, object input, string stage) =>
        Context.CallSubOrchestratorAsync<T>(orchestrator, input, new SubOrchestrationOptions(instanceId: stage));

    // Each has a number in its run, each run a scope: a name is never taken twice.
    private string StageOf(string name)
    {
        var number = ++_stages;
        return scope is null ? $"{Context.InstanceId}:{name}-{number}" : $"{Context.InstanceId}:{name}-{scope}-{number}";
    }
}
