using Microsoft.DurableTask;

namespace PrivacyFunctions.Tests.Accounts;

/// <summary>Orchestrators that return nothing, as the engine's tests take them.</summary>
internal static class Procedures
{
    public static Func<TaskOrchestrationContext, Task<bool>> Of(Func<TaskOrchestrationContext, Task> procedure) =>
        async context =>
        {
            await procedure(context);
            return true;
        };
}
