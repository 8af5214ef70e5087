using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>Discovered orchestrators and activities on the real engine.</summary>
public sealed class DurableFunctionsTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 30, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Orchestration_OfMonths_IsDoneWithTheMoveOfTheClock()
    {
        await using var host = await StartAsync();
        Assert.Equal("case-1", await host.Client.GetStringAsync("/start/1"));
        var stops = await host.Mover.AdvanceAsync(TimeSpan.FromDays(121));
        Assert.Equal(Start.AddDays(121), host.Clock.GetUtcNow());
        Assert.Equal(["1 opened 03-01", "1 closed 06-29"], host.Journal.Entries);
        Assert.Contains(stops, stop => stop == Start.AddDays(120));
        var instance = await host.Orchestrations.GetInstanceAsync("case-1", getInputsAndOutputs: true);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, instance!.RuntimeStatus);
        Assert.Equal("\"done\"", instance.SerializedOutput);
    }

    [Fact]
    public async Task Orchestration_HostRestartedInTheMiddle_GoesOnAtTheMovedTime()
    {
        await using (var host = await StartAsync())
        {
            await host.Client.GetStringAsync("/start/1");
            await host.Mover.AdvanceAsync(TimeSpan.FromDays(100));
        }

        await using var again = await StartAsync();
        Assert.Equal(Start.AddDays(100), again.Clock.GetUtcNow());
        await again.Mover.AdvanceAsync(TimeSpan.FromDays(20));
        Assert.Equal(["1 closed 06-29"], again.Journal.Entries);
    }

    [Fact]
    public async Task TimerFunction_ThatStartsAnOrchestration_IsFollowedBeforeTheClockMovesOn()
    {
        await using var host = await HostUnderTest.StartAsync(
            [typeof(Functions), typeof(MonthlyTimer)], time: _time, folder: _folder.Path);
        await host.Mover.AdvanceToAsync(new DateTimeOffset(2026, 4, 2, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(["monthly opened 04-01"], host.Journal.Entries);
    }

    [Fact]
    public async Task Middlewares_AroundOrchestratorsAndActivities_DoNotDisturbTheReplay()
    {
        var seen = new List<string>();
        await using var host = await StartAsync(builder => builder.UseMiddleware(async (context, next) =>
        {
            lock (seen)
                seen.Add(context.FunctionDefinition.Name);
            await next();
        }));
        await host.Client.GetStringAsync("/start/1");
        await host.Mover.AdvanceAsync(TimeSpan.FromDays(121));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.Orchestrations.GetInstanceAsync("case-1"))!.RuntimeStatus);
        Assert.Equal(2, seen.Count(name => name == nameof(Functions.Note)));
        Assert.True(seen.Count(name => name == nameof(Functions.Case)) > 2, "once for each turn");
    }

    [Fact]
    public async Task Activity_CalledOffByTheHostsStop_RunsAgainAfterTheNextStart()
    {
        var attempts = new Attempts();
        string id;
        await using (var host = await StartInterruptedAsync(attempts))
        {
            id = await host.Orchestrations.ScheduleNewOrchestrationInstanceAsync(nameof(Interrupted.CallWork));
            await host.Journal.WaitForAsync(1);
        }

        await using var again = await StartInterruptedAsync(attempts);
        var ended = await again.Orchestrations.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal((OrchestrationRuntimeStatus.Completed, "\"done\""), (ended.RuntimeStatus, ended.SerializedOutput));
        Assert.Equal(2, attempts.Count);
    }

    private Task<HostUnderTest> StartInterruptedAsync(Attempts attempts) => HostUnderTest.StartAsync(
        [typeof(Interrupted)], app => app.Services.AddSingleton(attempts), _time, _folder.Path);

    private Task<HostUnderTest> StartAsync(Action<FunctionsApplicationBuilder>? compose = null)
        => HostUnderTest.StartAsync([typeof(Functions)], compose, _time, _folder.Path);

    internal sealed record CaseInput(string Id);

    internal sealed record Line(string Id, string Text, DateTime At);

    private sealed class Functions(Journal journal)
    {
        [Function(nameof(Open))]
        public static async Task<IResult> Open(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "start/{id}")] HttpRequest request,
            string id,
            [DurableClient] DurableTaskClient client,
            CancellationToken cancellation)
            => Results.Text(await StartCaseAsync(client, id, cancellation));

        [Function(nameof(Case))]
        public static async Task<string> Case([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var id = context.GetInput<CaseInput>()!.Id;
            await context.CallActivityAsync(nameof(Note), new Line(id, "opened", context.CurrentUtcDateTime));
            await context.CreateTimer(TimeSpan.FromDays(120), CancellationToken.None);
            await context.CallActivityAsync(nameof(Note), new Line(id, "closed", context.CurrentUtcDateTime));
            return "done";
        }

        [Function(nameof(Note))]
        public void Note([ActivityTrigger] Line line) => journal.Add($"{line.Id} {line.Text} {line.At:MM-dd}");

        public static Task<string> StartCaseAsync(DurableTaskClient client, string id, CancellationToken cancellation)
            => client.ScheduleNewOrchestrationInstanceAsync(
                nameof(Case), new CaseInput(id), new StartOrchestrationOptions($"case-{id}"), cancellation);
    }

    private static class MonthlyTimer
    {
        [Function(nameof(Monthly))]
        public static async Task Monthly(
            [TimerTrigger("0 0 3 1 * *")] TimerInfo timer,
            [DurableClient] DurableTaskClient client, CancellationToken cancellation)
            => await Functions.StartCaseAsync(client, "monthly", cancellation);
    }

    /// <summary>Counts across the hosts of one test.</summary>
    private sealed class Attempts
    {
        private int _count;

        public int Count => _count;

        public int Next() => Interlocked.Increment(ref _count);
    }

    private sealed class Interrupted(Journal journal, Attempts attempts)
    {
        [Function(nameof(CallWork))]
        public static Task<string> CallWork([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallActivityAsync<string>(nameof(Work));

        [Function(nameof(Work))]
        public async Task<string> Work([ActivityTrigger] string? input, FunctionContext context)
        {
            if (attempts.Next() > 1) return "done";
            journal.Add("begun");
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return input ?? "never";
        }
    }
}
