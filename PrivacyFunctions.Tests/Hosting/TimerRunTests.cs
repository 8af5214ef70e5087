using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Worker;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>A timer's run that did not come to its end is made up for at the next start.</summary>
public sealed class TimerRunTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-03-01T10:30:00Z", null));
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Run_CalledOffByTheStop_IsMadeUpForAtTheNextStart()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (var timer = Daily(async cancellation =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
        }))
        {
            timer.Start(runOnStartup: false);
            _time.Advance(TimeSpan.FromHours(2));
            await begun.Task;
            await timer.StopAsync();
        }

        Assert.Equal(1, await RunsAtTheNextStartAsync());
    }

    [Fact]
    public async Task Run_WhoseWorkerWent_IsMadeUpForAtTheNextStart()
    {
        using (var timer = Daily(_ => throw new WorkerGoneException()))
        {
            timer.Start(runOnStartup: false);
            _time.Advance(TimeSpan.FromHours(2));
            await timer.FireIfDueAsync();
            await timer.StopAsync();
        }

        Assert.Equal(1, await RunsAtTheNextStartAsync()); // on the same day, so that no other occurrence is due
    }

    [Fact]
    public async Task Run_WhoseWorkerWent_IsNotRepeatedBeforeTheNextStart()
    {
        var runs = 0;
        using var timer = Daily(_ =>
        {
            runs++;
            throw new WorkerGoneException();
        });
        timer.Start(runOnStartup: false);
        _time.Advance(TimeSpan.FromHours(2));
        await timer.FireIfDueAsync();
        _time.Advance(TimeSpan.FromDays(3));
        await timer.FireIfDueAsync();
        await timer.StopAsync();

        Assert.Equal(1, runs);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<int> RunsAtTheNextStartAsync()
    {
        var runs = 0;
        using var timer = Daily(_ =>
        {
            runs++;
            return Task.CompletedTask;
        });
        timer.Start(runOnStartup: false);
        await timer.FireIfDueAsync();
        await timer.StopAsync();
        return runs;
    }

    private TimerFunction Daily(Func<CancellationToken, Task> run) => new(
        "Daily", TimerSchedule.Parse("Daily", "0 0 12 * * *", new ConfigurationBuilder().Build()),
        (_, cancellation) => run(cancellation), new TimerStatusFiles(_folder.Path, NullLogger<TimerStatusFiles>.Instance), _time,
        NullLogger.Instance);
}
