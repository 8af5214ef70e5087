using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.LocalHost.Hosting;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>A timer without a host around it.</summary>
public sealed class TimerAloneTests : TimerTests
{
    [Fact]
    public void Timer_WhenRealTimeReachesIt_FiresByItself()
    {
        var fired = new List<DateTimeOffset>();
        using var timer = Alone("0 0 12 * * *", fired);
        timer.Start(runOnStartup: false);
        Time.Advance(TimeSpan.FromMinutes(89));
        Assert.Empty(fired);
        Time.Advance(TimeSpan.FromMinutes(1));
        Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(["2026-03-01T12:00:00", "2026-03-02T12:00:00"], fired.Select(at => at.ToString("s", null)));
    }

    [Fact]
    public void Timer_FurtherThanTheSystemsTimersReach_IsReachedInPieces()
    {
        var fired = new List<DateTimeOffset>();
        using var timer = Alone("0 0 0 1 1 *", fired);
        timer.Start(runOnStartup: false);
        for (var day = 0; day < 400; day++)
            Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2027, Assert.Single(fired).Year);
    }

    private TimerFunction Alone(string schedule, List<DateTimeOffset> fired) => new(
        "Daily",
        TimerSchedule.Parse("X", schedule, new ConfigurationBuilder().Build()),
        (_, _) =>
        {
            fired.Add(Time.GetUtcNow());
            return Task.CompletedTask;
        },
        status: null,
        Time,
        NullLogger.Instance);
}
