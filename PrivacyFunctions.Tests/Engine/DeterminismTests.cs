using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PrivacyFunctions.Tests.Engine;

public sealed class DeterminismTests
{
    [Fact]
    public async Task NewGuid_Replayed_GivesTheSameVersion5Ids()
    {
        var seen = new List<Guid>();
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Ids", async context =>
            {
                seen.Clear();
                seen.Add(context.NewGuid());
                await context.CallActivityAsync("Nothing");
                seen.Add(context.NewGuid());
                return seen.ToArray();
            })
            .Activity<object?, int>("Nothing", _ => 0));

        var first = await run.RunAsync<Guid[]>("Ids");
        var second = await run.RunAsync<Guid[]>("Ids");

        Assert.Equal(4, first.Concat(second).Distinct().Count());
        Assert.All(first, id => Assert.Equal((5, 0x8), (id.Version, id.Variant & 0xC)));
    }

    [Fact]
    public async Task Clock_Replayed_IsTheInstantOfEachTurn()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Clock", async context =>
            {
                var before = context.CurrentUtcDateTime;
                await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                var between = context.CurrentUtcDateTime;
                await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                return new[] { before, between, context.CurrentUtcDateTime };
            }));
        var id = await run.ScheduleAsync("Clock");
        await run.AdvanceAsync(TimeSpan.FromDays(1));
        await run.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal(
            [EngineRun.Start.UtcDateTime, EngineRun.Start.UtcDateTime.AddDays(1), EngineRun.Start.UtcDateTime.AddDays(2)],
            (await run.LookAsync(id)).ReadOutputAs<DateTime[]>()!);
    }

    [Fact]
    public async Task ReplaySafeLogger_Replayed_WritesOnce()
    {
        using var written = new Written();
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(written));
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Chatty", async context =>
            {
                var logger = context.CreateReplaySafeLogger("Chatty");
                logger.LogInformation("first");
                await context.CallActivityAsync("Nothing");
                logger.LogInformation("second");
                return 0;
            })
            .Activity<object?, int>("Nothing", _ => 0));
        run.Loggers = loggers;
        await run.RestartAsync();

        await run.RunAsync<int>("Chatty");

        Assert.Equal(
            ["first", "second"],
            written.Lines.Where(line => line.Category == "Chatty").Select(line => line.Message));
    }

    [Fact]
    public async Task Context_CalledFromAnotherThread_FailsClearly()
    {
        await using var run = await EngineRun.StartAsync(new TestFunctions()
            .Orchestrator("Wrong", context =>
            {
                InvalidOperationException? refusal = null;
                var other = new Thread(() =>
                    refusal = Assert.Throws<InvalidOperationException>(() => { _ = context.CallActivityAsync("Nothing"); }));
                other.Start();
                other.Join();
                return Task.FromException<int>(refusal!);
            }));

        var found = await run.LookAsync(await run.ScheduleAsync("Wrong"));

        Assert.Contains("An invalid asynchronous invocation was detected", found.SerializedOutput, StringComparison.Ordinal);
    }

    private sealed class Written : ILoggerProvider
    {
        public ConcurrentQueue<(string Category, string Message)> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Pen(categoryName, Lines);

        public void Dispose()
        {
        }

        private sealed class Pen(string category, ConcurrentQueue<(string, string)> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue((category, formatter(state, exception)));
        }
    }
}
