using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.LocalHost.Time;

namespace PrivacyFunctions.Tests.Hosting;

public sealed class ClockMoverTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly MovableClock _clock;

    public ClockMoverTests() => _clock = new(Path.Combine(_folder.Path, "clock"), new FakeTimeProvider(Start));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Advance_WithDueWork_StopsAtEachInOrderAndAtTheTarget()
    {
        var work = new Work(_clock, Start.AddDays(9), Start.AddDays(1), Start.AddDays(3));
        using var mover = new ClockMover(_clock, [work.Follower]);
        var stops = await mover.AdvanceAsync(TimeSpan.FromDays(5));
        Assert.Equal([Start.AddDays(1), Start.AddDays(3), Start.AddDays(5)], stops);
        Assert.Equal([Start.AddDays(1), Start.AddDays(3)], work.Done);
        Assert.Equal(Start.AddDays(5), _clock.GetUtcNow());
    }

    [Fact]
    public async Task Advance_WorkThatSchedulesMoreWork_StopsForThatToo()
    {
        var work = new Work(_clock, Start.AddDays(1));
        work.Doing = at => { if (at < Start.AddDays(3)) work.Add(at.AddDays(1)); };
        using var mover = new ClockMover(_clock, [work.Follower]);
        await mover.AdvanceAsync(TimeSpan.FromDays(10));
        Assert.Equal([Start.AddDays(1), Start.AddDays(2), Start.AddDays(3)], work.Done);
    }

    [Fact]
    public async Task Advance_SeveralFollowers_AreAskedTogetherAndRunInTheirOrder()
    {
        var order = new List<string>();
        var first = new Work(_clock, Start.AddDays(2)) { Doing = at => order.Add($"first {at:dd}") };
        var second = new Work(_clock, Start.AddDays(1), Start.AddDays(2)) { Doing = at => order.Add($"second {at:dd}") };
        using var mover = new ClockMover(_clock, [first.Follower, second.Follower]);
        await mover.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal(["second 02", "first 03", "second 03"], order);
    }

    [Fact]
    public async Task MoveToNext_WithAndWithoutWork_MovesToItOrStays()
    {
        var work = new Work(_clock, Start.AddDays(4));
        using var mover = new ClockMover(_clock, [work.Follower]);
        Assert.Equal([Start.AddDays(4)], (await mover.MoveAsync(new ClockGoal.Next())).Stops);
        Assert.Equal([Start.AddDays(4)], (await mover.MoveAsync(new ClockGoal.Next())).Stops);
        Assert.Equal(Start.AddDays(4), _clock.GetUtcNow());
    }

    [Fact]
    public async Task MoveToEnd_WithAnEndlessFollower_EndsWithTheLastWorkThatWaits()
    {
        var work = new Work(_clock, Start.AddDays(2).AddHours(1));
        work.Doing = at => { if (at < Start.AddDays(4)) work.Add(at.AddDays(2)); };
        using var mover = new ClockMover(_clock, [new EachMidnight(), work.Follower]);
        var move = await mover.MoveAsync(new ClockGoal.End());
        Assert.Equal(
            [Start.AddDays(1), Start.AddDays(2), Start.AddDays(2).AddHours(1),
                Start.AddDays(3), Start.AddDays(4), Start.AddDays(4).AddHours(1)],
            move.Stops);
        Assert.Empty((await mover.MoveAsync(new ClockGoal.End())).Stops);
    }

    [Fact]
    public async Task MoveToEnd_WorkThatNeverEnds_EndsAfterTenYears()
    {
        var work = new Work(_clock, Start.AddDays(30));
        work.Doing = at => work.Add(at.AddDays(30));
        using var mover = new ClockMover(_clock, [work.Follower]);
        Assert.Equal(Start.AddYears(10), (await mover.MoveAsync(new ClockGoal.End())).Stops[^1]);
    }

    [Fact]
    public async Task Move_WorkThatWaitsForAMomentAgainAndAgain_EndsAfterItsMostStops()
    {
        var work = new Work(_clock, Start.AddMilliseconds(1));
        work.Doing = at => work.Add(at.AddMilliseconds(1));
        using var mover = new ClockMover(_clock, [work.Follower], mostStops: 40);
        var move = await mover.MoveAsync(new ClockGoal.Month());
        Assert.False(move.IsComplete);
        Assert.Equal(40, move.Stops.Count);
        Assert.Equal(Start.AddMilliseconds(40), _clock.GetUtcNow());
    }

    [Fact]
    public async Task Move_WorkWithinMilliseconds_SeesItsOwnInstants()
    {
        var real = new MovableClock(Path.Combine(_folder.Path, "flowing"));
        var start = real.GetUtcNow().AddDays(1);
        DateTimeOffset[] due = [start, start.AddTicks(1), start.AddMilliseconds(1), start.AddMilliseconds(2)];
        var work = new Work(real, due);
        using var mover = new ClockMover(real, [work.Follower]);
        await mover.AdvanceToAsync(start.AddHours(1));
        Assert.Equal(due, work.Done);
    }

    [Fact]
    public async Task Move_Cancelled_EndsAtTheStopItHasReached()
    {
        using var cancelling = new CancellationTokenSource();
        var work = new Work(_clock, Start.AddDays(1), Start.AddDays(2)) { Doing = _ => cancelling.Cancel() };
        using var mover = new ClockMover(_clock, [work.Follower]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => mover.MoveAsync(new ClockGoal.Month(), cancellation: cancelling.Token));
        Assert.Equal(Start.AddDays(1), _clock.GetUtcNow());
        Assert.Equal([Start.AddDays(1)], work.Done);
    }

    [Fact]
    public async Task Advance_TwoAtOnce_RunOneAfterTheOther()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var mover = new ClockMover(_clock, [new ClockFollower(() => null, _ => gate.Task)]);
        var first = mover.AdvanceAsync(TimeSpan.FromDays(1));
        var second = mover.AdvanceAsync(TimeSpan.FromDays(1));
        gate.SetResult();
        Assert.Equal([Start.AddDays(1)], await first);
        Assert.Equal([Start.AddDays(2)], await second);
    }

    [Fact]
    public async Task Advance_Backwards_IsRefused()
    {
        using var mover = new ClockMover(_clock, []);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => mover.AdvanceAsync(TimeSpan.FromDays(-1)));
    }

    [Fact]
    public async Task Advance_AfterAFailedMove_WorksAgain()
    {
        var fails = true;
        using var mover = new ClockMover(
            _clock,
            [new ClockFollower(() => null, _ => fails ? throw new TimeoutException() : Task.CompletedTask)]);
        await Assert.ThrowsAsync<TimeoutException>(() => mover.AdvanceAsync(TimeSpan.FromDays(1)));
        fails = false;
        Assert.Single(await mover.AdvanceAsync(TimeSpan.FromDays(1)));
    }

    private sealed class EachMidnight : IClockFollower
    {
        public bool IsEndless => true;

        public DateTimeOffset? NextStop(DateTimeOffset now) => new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1);

        public Task CatchUpAsync(CancellationToken cancellation) => Task.CompletedTask;
    }

    /// <summary>Work that waits for instants, as an engine's timers do.</summary>
    private sealed class Work(MovableClock clock, params DateTimeOffset[] due)
    {
        private readonly SortedSet<DateTimeOffset> _due = [.. due];

        public List<DateTimeOffset> Done { get; } = [];

        public Action<DateTimeOffset> Doing { get; set; } = _ => { };

        public ClockFollower Follower => new(() => _due.Count == 0 ? null : _due.Min, _ =>
        {
            while (_due.Count > 0 && _due.Min <= clock.GetUtcNow())
            {
                var at = _due.Min;
                _due.Remove(at);
                Done.Add(clock.GetUtcNow());
                Doing(at);
            }

            return Task.CompletedTask;
        });

        public void Add(DateTimeOffset at) => _due.Add(at);
    }
}
