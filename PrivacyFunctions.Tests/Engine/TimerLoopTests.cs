using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.LocalHost.Engine;

namespace PrivacyFunctions.Tests.Engine;

public sealed class TimerLoopTests : IDisposable
{
    private const long Execution = 7;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pf-loop-");
    private readonly FakeTimeProvider _clock = new(EngineRun.Start);

    private string DatabasePath => Path.Combine(_folder.FullName, "durable.db");

    [Fact]
    public async Task Database_CannotBeReadForAWhile_WhatCameDueMeanwhileIsQueuedAllTheSame()
    {
        WriteATimer(EngineRun.Start.AddSeconds(10));
        using var database = new Database(DatabasePath); // not open: every read fails
        var turns = new WorkQueue();
        var failures = new Failures();
        var loop = new TimerLoop(new TimerStore(database), turns, new WorkQueue(), _clock, failures);
        loop.Begin(_clock.GetUtcNow());
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));

        _clock.Advance(TimeSpan.FromSeconds(20));
        var running = loop.RunAsync(stop.Token);
        await failures.First.WaitAsync(stop.Token);
        database.Open(_clock.GetUtcNow());
        long execution;
        for (var change = turns.Changed.Next; !turns.TryTake(out execution); change = turns.Changed.Next)
        {
            loop.Changed.Raise();
            await change.WaitAsync(stop.Token);
        }

        Assert.Equal(Execution, execution);
        await stop.CancelAsync();
        await running;
    }

    // As by a turn that began before the clock was moved and ends after it: its timer is due already where the loop has been.
    [Fact]
    public async Task Message_CommittedForAnInstantThatWasQueuedAlready_IsQueuedAllTheSame()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var database = new Database(DatabasePath);
        database.Open(_clock.GetUtcNow());
        var turns = new WorkQueue();
        var loop = new TimerLoop(new TimerStore(database), turns, new WorkQueue(), _clock, new Failures());
        _clock.Advance(TimeSpan.FromSeconds(10));
        loop.Begin(_clock.GetUtcNow());
        var visibleAt = EngineRun.Start.AddSeconds(5);
        WriteATimer(database, visibleAt);

        loop.Note(visibleAt.UtcTicks);
        var running = loop.RunAsync(stop.Token);
        long execution;
        for (var change = turns.Changed.Next; !turns.TryTake(out execution); change = turns.Changed.Next)
            await change.WaitAsync(stop.Token);

        Assert.Equal(Execution, execution);
        await stop.CancelAsync();
        await running;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void WriteATimer(DateTimeOffset visibleAt)
    {
        using var database = new Database(DatabasePath);
        database.Open(EngineRun.Start);
        WriteATimer(database, visibleAt);
    }

    private static void WriteATimer(Database database, DateTimeOffset visibleAt) => database.Write(transaction => transaction.Execute(
        "INSERT INTO NewEvents (execution, visibleAt, seq, later, event) VALUES (@execution, @visibleAt, 1, 1, @event)",
        ("@execution", Execution), ("@visibleAt", visibleAt.UtcTicks), ("@event", new HistoryEvent().ToByteArray())));

    private sealed class Failures : ILogger
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task First => _first.Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state,
            Exception? exception, Func<TState, Exception?, string> formatter) => _first.TrySetResult();
    }
}
