using static PrivacyFunctions.Tests.Hosting.TimerTestFunctions;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>Timers fire at their occurrences, however the clock gets there.</summary>
public sealed class TimerFunctionsTests : TimerTests
{
    [Fact]
    public async Task FrequentTimer_ClockJumpsOverManyOccurrences_FiresOnce()
    {
        await using var host = await StartAsync<EveryMinute>();
        await host.Mover.AdvanceAsync(TimeSpan.FromHours(5));
        Assert.Equal(["EveryMinute"], host.Journal.Entries);
        await host.Mover.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, host.Journal.Entries.Count);
    }

    [Fact]
    public async Task DailyTimer_ClockMovedByDays_FiresAtEachOccurrenceAndFrequentOnesWithIt()
    {
        await using var host = await StartAsync<Daily, EveryMinute>();
        var stops = await host.Mover.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal(
            ["2026-03-01T12:00:00Z", "2026-03-02T12:00:00Z", "2026-03-03T10:30:00Z"],
            stops.Select(s => s.ToString("yyyy-MM-ddTHH:mm:ssZ", null)));
        Assert.Equal(2, host.Journal.Entries.Count(entry => entry == "Daily"));
        Assert.Equal(3, host.Journal.Entries.Count(entry => entry == "EveryMinute"));
    }

    [Fact]
    public async Task FailingTimer_IsLoggedWithoutItsMessage_AndTheScheduleGoesOn()
    {
        await using var host = await StartAsync<Failing>();
        await host.Mover.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal(
            2,
            host.Log.Count(line => line.StartsWith(
                "Error Function Failing failed: System.AggregateException", StringComparison.Ordinal)));
        Assert.DoesNotContain(host.Log, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TimerInfo_OfAMonitoredTimer_TellsLastAndNext()
    {
        await using var host = await StartAsync<Told>();
        await host.Mover.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal(
            ["0001-01-01T00:00:00 2026-03-01T12:00:00 Utc", "2026-03-01T12:00:00 2026-03-02T12:00:00 Utc"],
            host.Journal.Entries);
    }
}
