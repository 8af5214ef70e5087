using System.Net;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.LocalHost.Hosting;

namespace PrivacyFunctions.Tests.Hosting;

public sealed class TimerFunctionsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-03-01T10:30:00Z", null));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Timer_WhenRealTimeReachesIt_FiresByItself()
    {
        var fired = new List<DateTimeOffset>();
        using var timer = Alone<Daily>("0 0 12 * * *", fired);
        timer.Start(runOnStartup: false);
        _time.Advance(TimeSpan.FromMinutes(89));
        Assert.Empty(fired);
        _time.Advance(TimeSpan.FromMinutes(1));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(["2026-03-01T12:00:00", "2026-03-02T12:00:00"], fired.Select(at => at.ToString("s", null)));
    }

    [Fact]
    public void Timer_FurtherThanTheSystemsTimersReach_IsReachedInPieces()
    {
        var fired = new List<DateTimeOffset>();
        using var timer = Alone<Daily>("0 0 0 1 1 *", fired);
        timer.Start(runOnStartup: false);
        for (var day = 0; day < 400; day++)
            _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2027, Assert.Single(fired).Year);
    }

    [Fact]
    public async Task FrequentTimer_ClockJumpsOverManyOccurrences_FiresOnce()
    {
        await using var host = await StartAsync<EveryMinute>();
        await host.Mover.AdvanceAsync(TimeSpan.FromHours(5));
        Assert.Equal(["EveryMinute"], host.Journal.Entries);
        await host.Mover.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, host.Journal.Entries.Count);
    }

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
    public async Task MissedOccurrence_OnTheNextStart_FiresOnceAsPastDue()
    {
        await using (await StartAsync<Daily>())
        {
        }

        _time.Advance(TimeSpan.FromDays(3));
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

        _time.Advance(TimeSpan.FromDays(3));
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

        _time.Advance(TimeSpan.FromDays(3));
        await using var changed = await StartAsync<FromSetting>([("Timers:Nightly", "0 0 12 * * *")]);
        await changed.Mover.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal(["FromSetting"], changed.Journal.Entries);
    }

    [Fact]
    public async Task UnreadableStatus_OnStart_BeginsAnewAndSaysSo()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "timers"));
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "timers", "Daily.json"), "{ half");
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

    [Fact]
    public async Task TimerInfo_OfAMonitoredTimer_TellsLastAndNext()
    {
        await using var host = await StartAsync<Told>();
        await host.Mover.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal(
            ["0001-01-01T00:00:00 2026-03-01T12:00:00 Utc", "2026-03-01T12:00:00 2026-03-02T12:00:00 Utc"],
            host.Journal.Entries);
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

    private static async Task<HttpResponseMessage> FireAsync(
        HostUnderTest host, string name, string body, string? key = HostUnderTest.MasterKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/admin/functions/{name}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (key is not null)
            request.Headers.Add("x-functions-key", key);
        return await host.Client.SendAsync(request);
    }

    /// <summary>A timer without a host around it, on time that only the test moves.</summary>
    private TimerFunction Alone<T>(string schedule, List<DateTimeOffset> fired) => new(
        typeof(T).Name,
        TimerSchedule.Parse("X", schedule, new ConfigurationBuilder().Build()),
        (_, _) =>
        {
            fired.Add(_time.GetUtcNow());
            return Task.CompletedTask;
        },
        status: null,
        _time,
        NullLogger.Instance);

    private Task<HostUnderTest> StartAsync<T>(params (string, string)[] settings)
        => HostUnderTest.StartAsync([typeof(T)], time: _time, folder: _folder.Path, settings: settings);

    private Task<HostUnderTest> StartAsync<T1, T2>()
        => HostUnderTest.StartAsync([typeof(T1), typeof(T2)], time: _time, folder: _folder.Path);

    private sealed class Daily(Journal journal)
    {
        [Function(nameof(Daily))]
        public void Run([TimerTrigger("0 0 12 * * *")] TimerInfo timer) => journal.Add(timer.IsPastDue ? "Daily past due" : "Daily");
    }

    private sealed class EveryMinute(Journal journal)
    {
        [Function(nameof(EveryMinute))]
        public ValueTask Run([TimerTrigger("* * * * *")] TimerInfo timer)
        {
            journal.Add(timer.IsPastDue ? "past due" : nameof(EveryMinute));
            return ValueTask.CompletedTask;
        }
    }

    private sealed class EverySecond(Journal journal)
    {
        [Function(nameof(EverySecond))]
        public void Run([TimerTrigger("* * * * * *")] TimerInfo timer) => journal.Add($"EverySecond {timer.ScheduleStatus}");
    }

    private sealed class Unmonitored(Journal journal)
    {
        [Function(nameof(Unmonitored))]
        public void Run([TimerTrigger("0 0 12 * * *", UseMonitor = false)] TimerInfo timer) =>
            journal.Add($"Unmonitored {timer.ScheduleStatus}");
    }

    private sealed class FromSetting(Journal journal)
    {
        [Function(nameof(FromSetting))]
        public void Run([TimerTrigger("%Timers:Nightly%")] TimerInfo timer) =>
            journal.Add(timer.IsPastDue ? "past due" : nameof(FromSetting));
    }

    private sealed class Malformed
    {
        [Function(nameof(Malformed))]
        public static void Run([TimerTrigger("every day")] TimerInfo timer) => _ = timer;
    }

    private sealed class AtStart(Journal journal)
    {
        [Function(nameof(AtStart))]
        public void Run([TimerTrigger("0 0 12 * * *", RunOnStartup = true)] TimerInfo timer) =>
            journal.Add(timer.IsPastDue ? "past due" : nameof(AtStart));
    }

    private sealed class Failing
    {
        [Function(nameof(Failing))]
        public static Task Run([TimerTrigger("0 0 12 * * *")] TimerInfo timer) =>
            Task.FromException(new InvalidOperationException($"secret {timer}"));
    }

    private sealed class Slow(Journal journal)
    {
        public static TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        [Function(nameof(Slow))]
        public async Task Run([TimerTrigger("0 0 12 * * *")] TimerInfo timer, CancellationToken cancellation)
        {
            journal.Add("begins");
            await Gate.Task.WaitAsync(cancellation);
            journal.Add("ends");
        }
    }

    private sealed class Told(Journal journal)
    {
        [Function(nameof(Told))]
        public void Run([TimerTrigger("0 0 12 * * *")] TimerInfo timer)
            => journal.Add($"{timer.ScheduleStatus!.Last:s} {timer.ScheduleStatus.Next:s} {timer.ScheduleStatus.Next.Kind}");
    }
}
