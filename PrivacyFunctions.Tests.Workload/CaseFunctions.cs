using System.Globalization;
using Microsoft.DurableTask;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.Tests.Workload.Running;

namespace PrivacyFunctions.Tests.Workload;

/// <summary>
/// A case that uses all the engine has: activities, retries, a timer, a sub-orchestration, a child that fans out and then
/// continues as new, an event.
/// </summary>
internal sealed class CaseFunctions(Ledger ledger, Action<string> progress) : IDurableFunctions
{
    public const string Case = nameof(Case);
    public const string Go = nameof(Go);
    private const string Gather = nameof(Gather);
    private const string Effect = nameof(Effect);
    private const string Flaky = nameof(Flaky);

    private static readonly TaskOptions Patiently = TaskOptions.FromRetryPolicy(new(10, TimeSpan.FromMilliseconds(5)));

    /// <summary>The steps of a case; each has one effect, known by "{instance id}/{step}".</summary>
    public static IReadOnlyList<string> Effects(int number) =>
    [
        $"{Id(number)}/first", $"{Id(number)}/flaky", $"{Id(number)}:gather/left", $"{Id(number)}:gather/right",
        $"{Id(number)}:gather/again", $"{Id(number)}/last",
    ];

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"case-{number:000}");

    public OrchestratorFunction? FindOrchestrator(string name) => name switch
    {
        Case => async context => await RunCaseAsync(context),
        Gather => async context => await GatherAsync(context),
        _ => null,
    };

    public ActivityFunction? FindActivity(string name) => name switch
    {
        Effect => (call, _) => Task.FromResult<object?>(Take(call)),
        Flaky => (call, _) => Task.FromResult<object?>(TakeAtTheSecondAttempt(call)),
        _ => null,
    };

    private static async Task<int> RunCaseAsync(TaskOrchestrationContext context)
    {
        var sum = await context.CallActivityAsync<int>(Effect, "first");
        sum += await context.CallActivityAsync<int>(Flaky, "flaky", Patiently);
        await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        sum += await context.CallSubOrchestratorAsync<int>(
            Gather, options: new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:gather"));
        await context.WaitForExternalEvent<string?>(Go);
        return sum + await context.CallActivityAsync<int>(Effect, "last");
    }

    private static async Task<int> GatherAsync(TaskOrchestrationContext context)
    {
        if (context.GetInput<int?>() is { } gathered)
            return gathered + await context.CallActivityAsync<int>(Effect, "again");
        var both = await Task.WhenAll(
            context.CallActivityAsync<int>(Effect, "left"), context.CallActivityAsync<int>(Effect, "right"));
        context.ContinueAsNew(both.Sum());
        return 0;
    }

    private int Take(ActivityCall call)
    {
        var key = $"{call.InstanceId}/{call.Input!.Trim('"')}";
        ledger.Add(key);
        progress(key);
        return 1;
    }

    private int TakeAtTheSecondAttempt(ActivityCall call)
    {
        var attempt = $"attempt {call.InstanceId}";
        if (ledger.Has(attempt))
            return Take(call);
        ledger.Add(attempt);
        throw new TimeoutException("busy");
    }
}
