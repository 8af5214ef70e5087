using Microsoft.DurableTask;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Tests.Engine;

namespace PrivacyFunctions.Tests.Terminations;

/// <summary>Orchestrators that return nothing, as the engine's tests take them.</summary>
internal static class Procedures
{
    public static Func<TaskOrchestrationContext, Task<bool>> Of(Func<TaskOrchestrationContext, Task> procedure) =>
        async context =>
        {
            await procedure(context);
            return true;
        };

    /// <summary>Adds the stages that every procedure may have.</summary>
    public static TestFunctions WithCommonStages(this TestFunctions functions) => functions
        .Orchestrator(nameof(MendStep), MendStep.RunAsync)
        .Orchestrator(nameof(AskUntil), Of(AskUntil.RunAsync));
}
