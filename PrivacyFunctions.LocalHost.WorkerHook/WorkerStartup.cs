using Microsoft.AspNetCore.Hosting;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PrivacyFunctions.LocalHost.WorkerHook;

[assembly: HostingStartup(typeof(WorkerStartup))]

namespace PrivacyFunctions.LocalHost.WorkerHook;

/// <summary>Registers the host's clock before the app, which only tries to register its own.</summary>
public sealed class WorkerStartup : IHostingStartup
{
    /// <summary>The environment variable that names the file of the shared clock.</summary>
    public const string ClockVariable = "PRIVACYFUNCTIONS_SHARED_CLOCK";

    /// <summary>A timer longer than this is cut into pieces. It must never change: waiting orchestrations would fail.</summary>
    public static readonly TimeSpan LongestTimer = TimeSpan.FromDays(36500);

    /// <inheritdoc/>
    public void Configure(IWebHostBuilder builder)
    {
        var path = Environment.GetEnvironmentVariable(ClockVariable)
            ?? throw new InvalidOperationException($"{ClockVariable} is not set.");
        builder.ConfigureServices(services =>
        {
            services.AddSingleton<TimeProvider>(new SharedClock(path));
            services.AddSingleton<IHostLifetime, EndedByItsHost>();
            services.PostConfigure<DurableTaskWorkerOptions>(worker => worker.MaximumTimerInterval = LongestTimer);
        });
    }

    // Microsoft's stops the worker at the signals that the startup hook keeps from it.
    private sealed class EndedByItsHost : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
