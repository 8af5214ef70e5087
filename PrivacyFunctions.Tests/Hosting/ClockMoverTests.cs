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
    public async Task AdvanceToNextStop_WithAndWithoutWork_MovesToItOrStays()
    {
        var work = new Work(_clock, Start.AddDays(4));
        using var mover = new ClockMover(_clock, [work.Follower]);
        Assert.Equal([Start.AddDays(4)], await mover.AdvanceToNextStopAsync());
        Assert.Equal([Start.AddDays(4)], await mover.AdvanceToNextStopAsync());
        Assert.Equal(Start.AddDays(4), _clock.GetUtcNow());
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
