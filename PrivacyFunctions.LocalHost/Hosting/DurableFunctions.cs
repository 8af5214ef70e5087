using PrivacyFunctions.LocalHost.Runtime;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>The app's orchestrators and activities, as the engine calls them.</summary>
internal sealed class DurableFunctions(FunctionCatalog functions, FunctionInvoker invoker) : IDurableFunctions
{
    /// <inheritdoc/>
    public OrchestratorFunction? FindOrchestrator(string name)
        => functions.FindOrchestrator(name) is { } function
            ? context => invoker.RunOrchestratorAsync(function, context)
            : null;

    /// <inheritdoc/>
    public ActivityFunction? FindActivity(string name)
        => functions.FindActivity(name) is { } function
            ? (call, cancellation) => invoker.RunActivityAsync(function, call, cancellation)
            : null;
}
