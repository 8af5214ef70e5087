using System.Text.Json;
using Microsoft.DurableTask;
using PrivacyFunctions.Tests.Workload.Running;

namespace PrivacyFunctions.Tests.Engine;

/// <summary>Orchestrators and activities written in the test that needs them.</summary>
internal sealed class TestFunctions : IDurableFunctions
{
    private readonly Dictionary<string, OrchestratorFunction> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ActivityFunction> _activities = new(StringComparer.OrdinalIgnoreCase);

    public TestFunctions Orchestrator<T>(string name, Func<TaskOrchestrationContext, Task<T>> code)
    {
        _orchestrators[name] = async context => await code(context);
        return this;
    }

    public TestFunctions AsyncActivity<TIn, TOut>(string name, Func<TIn, Task<TOut>> code)
    {
        _activities[name] = async (call, _) =>
            await code(JsonSerializer.Deserialize<TIn>(call.Input ?? "null", DurableJson.Options)!);
        return this;
    }

    public TestFunctions Activity<TIn, TOut>(string name, Func<TIn, TOut> code) =>
        AsyncActivity<TIn, TOut>(name, input => Task.FromResult(code(input)));

    public TestFunctions RawActivity(string name, ActivityFunction code)
    {
        _activities[name] = code;
        return this;
    }

    public OrchestratorFunction? FindOrchestrator(string name) => _orchestrators.GetValueOrDefault(name);

    public ActivityFunction? FindActivity(string name) => _activities.GetValueOrDefault(name);
}
