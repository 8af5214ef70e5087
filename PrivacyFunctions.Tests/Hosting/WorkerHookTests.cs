using Microsoft.AspNetCore.Builder;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PrivacyFunctions.LocalHost.Worker;
using PrivacyFunctions.LocalHost.WorkerHook;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>What the host puts into a worker of a process of its own.</summary>
public sealed class WorkerHookTests : IDisposable
{
    private static readonly DateTimeOffset Held = new(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private string ClockFile => Path.Combine(_folder.Path, "shared-clock");

    public void Dispose() => _folder.Dispose();

    // Orchestrations that wait were begun with it: with another one their histories fit no more, in either kind of worker.
    [Fact]
    public async Task LongestTimer_InEitherWorker_IsWhatItHasAlwaysBeen()
    {
        await using var worker = Configured();
        var longest = worker.GetRequiredService<IOptions<DurableTaskWorkerOptions>>().Value.MaximumTimerInterval;
        Assert.Equal(TimeSpan.FromDays(36_500), longest);
        Assert.Equal(InProcessWorker.LongestTimer, longest);
        Assert.IsType<SharedClock>(worker.GetRequiredService<TimeProvider>()).Dispose();
    }

    [Fact]
    public void SharedClock_HeldByTheHost_StandsStillAndThenFlowsAheadOfRealTime()
    {
        using var host = new SharedClock(ClockFile);
        using var worker = new SharedClock(ClockFile);
        var ahead = TimeSpan.FromDays(400);

        host.Share(ahead.Ticks, Held.UtcTicks);
        Assert.Equal(Held, worker.GetUtcNow());

        host.Share(ahead.Ticks, held: 0);
        var earliest = TimeProvider.System.GetUtcNow() + ahead;
        Assert.InRange(worker.GetUtcNow(), earliest, earliest.AddHours(1));
    }

    private ServiceProvider Configured()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        Environment.SetEnvironmentVariable(WorkerStartup.ClockVariable, ClockFile);
        try
        {
            new WorkerStartup().Configure(builder.WebHost);
        }
        finally
        {
            Environment.SetEnvironmentVariable(WorkerStartup.ClockVariable, null);
        }

        return builder.Services.BuildServiceProvider();
    }
}
