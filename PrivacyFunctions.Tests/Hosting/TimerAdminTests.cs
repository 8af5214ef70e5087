using System.Net;
using static PrivacyFunctions.Tests.Hosting.TimerTestFunctions;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>A timer that somebody fires by hand.</summary>
public sealed class TimerAdminTests : TimerTests
{
    [Theory]
    [InlineData("AzureWebJobs.Daily.Disabled", "true")]
    [InlineData("AzureWebJobs:Daily:Disabled", "1")]
    public async Task DisabledTimer_ClockMovedByDays_FiresOnlyWhenAnOperatorSaysSo(string setting, string value)
    {
        await using var host = await StartAsync<Daily>((setting, value));
        Assert.Single(await host.Mover.AdvanceAsync(TimeSpan.FromDays(2)));
        Assert.Empty(host.Journal.Entries);

        Assert.True(host.Local.Timers.TryFireNow("Daily"));
        Assert.Equal(["Daily"], await host.Journal.WaitForAsync(1));
    }

    [Fact]
    public async Task Timer_StillRunning_DoesNotOverlapWithItself()
    {
        await using var host = await StartAsync<Slow>();
        var first = host.Mover.AdvanceAsync(TimeSpan.FromHours(2));
        await host.Journal.WaitForAsync(1);
        using var fired = await FireAsync(host, "Slow", "{}");
        Assert.Equal(["begins"], host.Journal.Entries);
        Slow.Gate.SetResult();
        await first;
        Assert.Equal(["begins", "ends", "begins", "ends"], await host.Journal.WaitForAsync(4));
    }

    [Theory]
    [InlineData("Daily", "{\"input\":\"\"}", HostUnderTest.MasterKey, HttpStatusCode.Accepted)]
    [InlineData("daily", "{}", HostUnderTest.MasterKey, HttpStatusCode.Accepted)]
    [InlineData("Daily", "{}", HostUnderTest.FunctionKey, HttpStatusCode.Unauthorized)]
    [InlineData("Daily", "{}", null, HttpStatusCode.Unauthorized)]
    [InlineData("Daily", "", HostUnderTest.MasterKey, HttpStatusCode.BadRequest)]
    [InlineData("Daily", "{", HostUnderTest.MasterKey, HttpStatusCode.BadRequest)]
    [InlineData("Unknown", "{}", HostUnderTest.MasterKey, HttpStatusCode.NotFound)]
    public async Task AdminEndpoint_ByNameBodyAndKey_FiresAtOnceOrRefuses(string name, string body, string? key, HttpStatusCode status)
    {
        await using var host = await StartAsync<Daily>();
        using var answer = await FireAsync(host, name, body, key);
        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.Accepted)
            Assert.Equal(["Daily"], await host.Journal.WaitForAsync(1));
        else
            Assert.Empty(host.Journal.Entries);
    }
}
