using PrivacyFunctions.LocalHost.Hosting;
using static PrivacyFunctions.Tests.Hosting.TimerTestFunctions;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>What a timer makes of what happened, or was changed, while no host ran.</summary>
public sealed class TimerStartTests : TimerTests
{
    [Fact]
    public async Task MissedOccurrence_OnTheNextStart_FiresOnceAsPastDue()
    {
        await using (await StartAsync<Daily>())
        {
        }

        Time.Advance(TimeSpan.FromDays(3));
        await using (var late = await StartAsync<Daily>())
        {
            Assert.Equal(["Daily past due"], await late.Journal.WaitForAsync(1));
            await late.Mover.AdvanceAsync(TimeSpan.FromHours(1));
            Assert.Single(late.Journal.Entries);
        }

        await using var again = await StartAsync<Daily>();
        await again.Mover.AdvanceAsync(TimeSpan.Zero);
        Assert.Empty(again.Journal.Entries);
    }

    [Fact]
    public async Task MissedOccurrence_OfAnUnmonitoredTimer_IsForgotten()
    {
        await using (await StartAsync<Unmonitored, EverySecond>())
        {
        }

        Time.Advance(TimeSpan.FromDays(3));
        await using var late = await StartAsync<Unmonitored, EverySecond>();
        await late.Mover.AdvanceAsync(TimeSpan.Zero);
        Assert.Empty(late.Journal.Entries);
    }

    [Fact]
    public async Task ChangedSchedule_OnTheNextStart_MissedNothing()
    {
        await using (await StartAsync<FromSetting>([("Timers:Nightly", "0 0 11 * * *")]))
        {
        }

        Time.Advance(TimeSpan.FromDays(3));
        await using var changed = await StartAsync<FromSetting>([("Timers:Nightly", "0 0 12 * * *")]);
        await changed.Mover.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal(["FromSetting"], changed.Journal.Entries);
    }

    [Fact]
    public async Task UnreadableStatus_OnStart_BeginsAnewAndSaysSo()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "timers"));
        await File.WriteAllTextAsync(Path.Combine(Folder, "timers", "Daily.json"), "{ half");
        await using var host = await StartAsync<Daily>();
        Assert.Contains(host.Log, line => line.StartsWith("Warning The status of timer Daily cannot be read", StringComparison.Ordinal));
        await host.Mover.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal(["Daily"], host.Journal.Entries);
    }

    [Fact]
    public async Task RunOnStartup_EachStart_FiresAndKeepsTheSchedule()
    {
        await using var host = await StartAsync<AtStart>();
        Assert.Equal(["AtStart"], await host.Journal.WaitForAsync(1));
        await host.Mover.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal(["AtStart", "AtStart"], host.Journal.Entries);
    }

    [Fact]
    public async Task MissingSettingOrBadSchedule_OnStart_NamesEveryOne()
    {
        var refused = await Assert.ThrowsAsync<FunctionStartupException>(() => StartAsync<FromSetting, Malformed>());
        Assert.Contains(
            "Function FromSetting: the app setting %Timers:Nightly% for its schedule is missing",
            refused.Message, StringComparison.Ordinal);
        Assert.Contains(
            "Function Malformed: the schedule \"every day\" is no NCRONTAB expression",
            refused.Message, StringComparison.Ordinal);
    }
}
