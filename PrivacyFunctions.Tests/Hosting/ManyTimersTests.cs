using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.LocalHost.Time;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>What a jump of the clock promises to durable timers, on the real engine.</summary>
public sealed class ManyTimersTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task Jump_OverManyTimers_EachSeesItsOwnInstantInOrder()
    {
        await using var host = await HostUnderTest.StartAsync([typeof(Functions)], time: new FakeTimeProvider(Start));
        // Far apart, a tick apart, a millisecond apart.
        var due = Enumerable.Range(1, 40).Select(hours => Start.AddHours(hours * 17))
            .Concat([Start.AddDays(3), Start.AddDays(3).AddTicks(1), Start.AddDays(3).AddMilliseconds(1)])
            .Order().ToList();
        foreach (var at in Enumerable.Reverse(due))
            await WaitUntilAsync(host, at);

        var stops = await host.Mover.AdvanceAsync(TimeSpan.FromDays(31));

        Assert.Equal(due.Select(Functions.Line), host.Journal.Entries);
        Assert.Equal([.. due, Start.AddDays(31)], stops);
    }

    [Fact]
    public async Task Jump_OverTimersOfTheSameInstant_RunsAllOfThemAtOneStop()
    {
        await using var host = await HostUnderTest.StartAsync([typeof(Functions)], time: new FakeTimeProvider(Start));
        for (var i = 0; i < 30; i++)
            await WaitUntilAsync(host, Start.AddDays(2));
        await WaitUntilAsync(host, Start.AddDays(2).AddTicks(1));

        var first = await host.Mover.MoveAsync(new ClockGoal.Next());

        Assert.Equal([Start.AddDays(2)], first.Stops);
        Assert.Equal(Enumerable.Repeat(Functions.Line(Start.AddDays(2)), 30), host.Journal.Entries);
    }

    [Fact]
    public async Task Jump_OverAnOrchestrationOfShortTimers_SeesEachOfThem()
    {
        await using var host = await HostUnderTest.StartAsync([typeof(Functions)]);
        var start = new StartOrchestrationOptions(StartAt: host.Clock.GetUtcNow().AddHours(1));
        await host.Orchestrations.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Blink), 50, start);

        var move = await host.Mover.MoveAsync(new ClockGoal.End());

        var seen = host.Journal.Entries.Select(long.Parse).ToList();
        Assert.Equal(50, seen.Count);
        Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.Equal(TimeSpan.FromMilliseconds(1).Ticks, pair.Second - pair.First));
        Assert.True(move.IsComplete);
    }

    [Fact]
    public async Task Upcoming_WithMoreThanTheLimit_NamesTheEarliestAndCountsAll()
    {
        await using var host = await HostUnderTest.StartAsync([typeof(Functions)], time: new FakeTimeProvider(Start));
        foreach (var day in new[] { 5, 2, 9 })
            await WaitUntilAsync(host, Start.AddDays(day));
        await host.Engine.WhenIdleAsync(CancellationToken.None);

        var all = host.Engine.Upcoming(2);
        Assert.Equal([Start.AddDays(2), Start.AddDays(5)], all.First.Select(timer => timer.At));
        Assert.All(all.First, timer => Assert.Equal(nameof(Functions.Wait), timer.Orchestrator));
        Assert.Equal(3, all.InAll);
        Assert.Equal(2, host.Engine.Upcoming(9, until: Start.AddDays(5)).InAll);
    }

    private static Task<string> WaitUntilAsync(HostUnderTest host, DateTimeOffset at) =>
        host.Orchestrations.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Wait), at.UtcDateTime);

    private sealed class Functions(Journal journal)
    {
        public static string Line(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{at:O} {at:O}");

        [Function(nameof(Wait))]
        public static async Task Wait([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var due = context.GetInput<DateTime>();
            await context.CreateTimer(due, CancellationToken.None);
            await context.CallActivityAsync(nameof(Woken), new Waking(due, context.CurrentUtcDateTime));
        }

        [Function(nameof(Woken))]
        public void Woken([ActivityTrigger] Waking waking) => journal.Add(
            $"{Utc(waking.Due):O} {Utc(waking.Seen):O}");

        [Function(nameof(Blink))]
        public static async Task Blink([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            for (var left = context.GetInput<int>(); left > 0; left--)
            {
                await context.CreateTimer(context.CurrentUtcDateTime.AddMilliseconds(1), CancellationToken.None);
                await context.CallActivityAsync(nameof(Blinked), context.CurrentUtcDateTime);
            }
        }

        [Function(nameof(Blinked))]
        public void Blinked([ActivityTrigger] DateTime seen) => journal.Add(seen.Ticks.ToString(CultureInfo.InvariantCulture));

        private static DateTimeOffset Utc(DateTime at) => new(at, TimeSpan.Zero);
    }

    internal sealed record Waking(DateTime Due, DateTime Seen);
}
