using System.Collections.Concurrent;
using Microsoft.DurableTask;

namespace PrivacyFunctions.Tests.Engine.Differential;

/// <summary>Carries plans out: the orchestrator and the activities, the same code on both engines.</summary>
internal sealed class PlanInterpreter
{
    public const string Orchestrator = "Carry";
    public const string Echo = nameof(Echo);
    public const string Flaky = nameof(Flaky);

    private static readonly RetryPolicy Quickly = new(3, TimeSpan.FromMilliseconds(1));

    private readonly ConcurrentDictionary<string, int> _attempts = new();

    public static async Task<string> CarryAsync(TaskOrchestrationContext context)
    {
        var plan = Plan.Parse(context.GetInput<string>()!);
        var noted = plan.SoFar;
        for (var place = 0; place < plan.Steps.Count; place++)
            noted += await TakeAsync(context, plan, plan.Steps[place], place) + ";";
        if (plan.Rounds == 0)
            return noted;
        context.ContinueAsNew((plan with { Rounds = plan.Rounds - 1, SoFar = noted }).ToJson());
        return "";
    }

    /// <summary>An activity that does what it is told.</summary>
    public static string Say(string what) => $"said {what}";

    /// <summary>An activity that fails as often as it is told, by "key failures".</summary>
    public string FailSometimes(string order)
    {
        var failures = int.Parse(order[(order.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        var attempt = _attempts.AddOrUpdate(order, 1, (_, earlier) => earlier + 1);
        return attempt > failures ? $"at attempt {attempt}" : throw new TimeoutException($"attempt {attempt} failed");
    }

    private static async Task<string> TakeAsync(TaskOrchestrationContext context, Plan plan, Step step, int place)
    {
        var key = $"{context.InstanceId}/{plan.Rounds}/{place}";
        switch (step.Kind)
        {
            case StepKind.Call:
                return await context.CallActivityAsync<string>(Echo, key);
            case StepKind.Parallel:
                return string.Join(',', await Task.WhenAll(
                    Enumerable.Range(0, step.Number).Select(n => context.CallActivityAsync<string>(Echo, $"{key}/{n}"))));
            case StepKind.Retry:
                return await CaughtAsync(() => context.CallActivityAsync<string>(
                    Flaky, $"{key} {step.Number}", TaskOptions.FromRetryPolicy(Quickly)));
            case StepKind.Fail:
                return await context.CallActivityAsync<string>(Flaky, $"{key} 1");
            case StepKind.Timer:
                await context.CreateTimer(TimeSpan.FromMilliseconds(step.Number), CancellationToken.None);
                return "fired";
            case StepKind.LostTimer:
                return await BeatTimerAsync(context, key);
            case StepKind.LostEvent:
                return await MissEventAsync(context, step.Number);
            case StepKind.Event:
                return await context.WaitForExternalEvent<string>(Scenario.NameOf(step.Number));
            case StepKind.SendToItself:
                context.SendEvent(context.InstanceId, "mine", key);
                return await context.WaitForExternalEvent<string>("Mine");
            case StepKind.Child:
                var options = new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:{plan.Rounds}-{place}")
                {
                    Version = $"{step.Number}.1",
                };
                return await CaughtAsync(
                    () => context.CallSubOrchestratorAsync<string>(Orchestrator, step.Child!.ToJson(), options));
            case StepKind.Version:
                return context.Version;
            case StepKind.CustomStatus:
                context.SetCustomStatus($"at {key}");
                return "told";
            default:
                return await context.WaitForExternalEvent<string>("Never");
        }
    }

    private static async Task<string> CaughtAsync(Func<Task<string>> call)
    {
        try
        {
            return await call();
        }
        catch (TaskFailedException failure)
        {
            return failure.Message;
        }
    }

    private static async Task<string> BeatTimerAsync(TaskOrchestrationContext context, string key)
    {
        using var stop = new CancellationTokenSource();
        var timer = context.CreateTimer(TimeSpan.FromHours(1), stop.Token);
        var said = context.CallActivityAsync<string>(Echo, key);
        await Task.WhenAny(timer, said);
        stop.Cancel();
        return $"{await said}, cancelled: {timer.IsCanceled}";
    }

    private static async Task<string> MissEventAsync(TaskOrchestrationContext context, int milliseconds)
    {
        try
        {
            return await context.WaitForExternalEvent<string>("Never", TimeSpan.FromMilliseconds(milliseconds));
        }
        catch (OperationCanceledException)
        {
            return "missed";
        }
    }
}
