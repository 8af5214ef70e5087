using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.LocalHost.Time;

namespace PrivacyFunctions.Tests.Hosting;

public sealed class MovableClockTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _real = new(Start);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void MoveTo_FutureInstant_IsShownAndSurvivesARestart()
    {
        var clock = New();
        clock.MoveTo(Start.AddDays(40));
        Assert.Equal(Start.AddDays(40), clock.GetUtcNow());
        _real.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Start.AddDays(40).AddHours(1), New().GetUtcNow());
    }

    [Fact]
    public void MoveTo_PastInstant_ChangesNothing()
    {
        var clock = New();
        clock.MoveTo(Start.AddDays(2));
        clock.MoveTo(Start.AddDays(1));
        Assert.Equal(Start.AddDays(2), clock.GetUtcNow());
    }

    [Fact]
    public void BeginAt_BeforeRealTime_IsShownAndSurvivesARestart()
    {
        New().BeginAt(Start.AddYears(-2));
        _real.Advance(TimeSpan.FromHours(1));
        var clock = New();
        Assert.Equal(Start.AddYears(-2).AddHours(1), clock.GetUtcNow());
        Assert.Equal((Start.AddYears(-2), Start.AddYears(-2) - Start), (clock.Began, clock.Offset));
    }

    [Fact]
    public void Hold_WhileRealTimePasses_StandsStillAndGoesOnFromThere()
    {
        var clock = New();
        var before = clock.GetTimestamp();
        using (clock.Hold())
        {
            _real.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(Start, clock.GetUtcNow());
            clock.MoveTo(Start.AddDays(1));
            _real.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(Start.AddDays(1), clock.GetUtcNow());
            Assert.Throws<InvalidOperationException>(() => clock.Hold());
            Assert.True(New().GetUtcNow() >= Start.AddDays(1), "a restart went back in time");
        }

        Assert.Equal(Start.AddDays(1), clock.GetUtcNow());
        _real.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Start.AddDays(1).AddSeconds(5), clock.GetUtcNow());
        Assert.Equal(Start.AddDays(1).AddSeconds(5), New().GetUtcNow());
        Assert.Equal(TimeSpan.FromDays(1).Add(TimeSpan.FromSeconds(15)), clock.GetElapsedTime(before));
    }

    [Fact]
    public async Task Timer_OfAClockThatIsHeld_FiresWhenRealTimeReachesIt()
    {
        var clock = New();
        using var still = clock.Hold();
        var delay = Task.Delay(TimeSpan.FromSeconds(2), clock);
        _real.Advance(TimeSpan.FromSeconds(2));
        await delay.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(Start, clock.GetUtcNow());
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("5\nyesterday")]
    [InlineData("5\n2028-02-20T00:00:00.0000000+00:00\n6")]
    [InlineData("")]
    public void OffsetFile_ThatHoldsSomethingElse_IsRefused(string text)
    {
        File.WriteAllText(PathOf(), text);
        Assert.Throws<InvalidDataException>(() => New());
    }

    [Fact]
    public void Timestamp_AcrossAMove_MeasuresThePassedTime()
    {
        var clock = New();
        var before = clock.GetTimestamp();
        clock.MoveTo(Start.AddDays(30));
        _real.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromDays(30).Add(TimeSpan.FromSeconds(5)), clock.GetElapsedTime(before));
    }

    [Fact]
    public async Task Timer_WhenTheClockIsMovedOrRealTimePasses_FiresOnceWhenDue()
    {
        var clock = New();
        var fired = Channel.CreateUnbounded<DateTimeOffset>();
        using var moved = clock.CreateTimer(
            _ => fired.Writer.TryWrite(clock.GetUtcNow()), null, TimeSpan.FromDays(99), Timeout.InfiniteTimeSpan);
        using var reached = clock.CreateTimer(
            _ => fired.Writer.TryWrite(clock.GetUtcNow()), null, TimeSpan.FromDays(100), Timeout.InfiniteTimeSpan);
        clock.MoveTo(Start.AddDays(98));
        clock.MoveTo(Start.AddDays(99));
        Assert.Equal(Start.AddDays(99), await NextAsync(fired));
        _real.Advance(TimeSpan.FromHours(23));
        _real.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Start.AddDays(100), await NextAsync(fired));
        clock.MoveTo(Start.AddDays(300));
        Assert.False(fired.Reader.TryRead(out _));
    }

    [Fact]
    public async Task PeriodicTimer_JumpedOver_FiresOnceThenKeepsItsPeriod()
    {
        var clock = New();
        var fired = Channel.CreateUnbounded<DateTimeOffset>();
        using var timer = clock.CreateTimer(
            _ => fired.Writer.TryWrite(clock.GetUtcNow()), null, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        clock.MoveTo(Start.AddDays(1));
        Assert.Equal(Start.AddDays(1), await NextAsync(fired));
        clock.MoveTo(Start.AddDays(1).AddHours(1));
        Assert.Equal(Start.AddDays(1).AddHours(1), await NextAsync(fired));
    }

    [Fact]
    public void Timer_DisposedOrSetToNever_DoesNotFire()
    {
        var clock = New();
        var disposed = clock.CreateTimer(_ => Assert.Fail("disposed"), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        using var never = clock.CreateTimer(_ => Assert.Fail("never"), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        disposed.Dispose();
        Assert.True(never.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        Assert.False(disposed.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        clock.MoveTo(Start.AddDays(1));
    }

    [Fact]
    public async Task Delay_OfMonthsOnRealTime_EndsWithTheMove()
    {
        var clock = new MovableClock(PathOf());
        var delay = Task.Delay(TimeSpan.FromDays(45), clock);
        clock.MoveTo(clock.GetUtcNow().AddDays(46));
        await delay.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Hold_LetGoWhenTheDiskTakesNothing_SaysSoAndFlowsAllTheSame()
    {
        var clock = new MovableClock(Path.Combine(_folder.Path, "taken", "clock"));
        var still = clock.Hold();
        File.WriteAllText(Path.Combine(_folder.Path, "taken"), "A file where the clock's folder is to be.");

        Assert.ThrowsAny<IOException>(still.Dispose);

        Assert.NotNull(clock.Hold()); // it does not stand still already
    }

    private static async Task<DateTimeOffset> NextAsync(Channel<DateTimeOffset> fired)
        => await fired.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    private string PathOf() => Path.Combine(_folder.Path, "clock");

    private MovableClock New() => new(PathOf(), _real);
}
