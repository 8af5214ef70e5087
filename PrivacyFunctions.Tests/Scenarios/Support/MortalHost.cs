using Microsoft.Azure.Functions.Worker.Builder;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>
/// A local host that a test can kill at a point of its choice, and start again on what was left. Most tests kill one in their own
/// process, which takes milliseconds (<see cref="HostOnASwitch"/>); with PF_KILL=process in the environment the same tests kill
/// processes by SIGKILL (<see cref="LocalHostProcess"/>), as some always do.
/// </summary>
internal abstract class MortalHost(string folder) : OwnClockHost(folder)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan DeathLimit = TimeSpan.FromMinutes(1);

    /// <summary>Whether what it kills are processes.</summary>
    public static bool KillsProcesses => Environment.GetEnvironmentVariable("PF_KILL") == "process";

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <param name="crashAt">The point at which it dies; see the local host's <c>--help</c>.</param>
    /// <param name="clock">The day (UTC) at whose beginning its clock begins; real time unless given.</param>
    /// <param name="seeded">Whether it has the sample company of today; a test that brings a company of its own has none.</param>
    /// <param name="nights">Whether its nights are backed up. Its days are swept when somebody fires it.</param>
    /// <param name="also">What is added to the app; nothing is where it is a process.</param>
    public static async Task<MortalHost> StartAsync(
        string? crashAt = null, DateOnly? clock = null, bool seeded = true, bool nights = true, Action<FunctionsApplicationBuilder>? also = null) => KillsProcesses
        ? await LocalHostProcess.StartAsync(crashAt, clock: clock, seeded: seeded, nights: nights)
        : await HostOnASwitch.StartAsync(crashAt, clock, seeded, nights, also);

    /// <summary>Starts it (again) on its folder and its ports.</summary>
    public Task RunAsync(string? crashAt = null) => LaunchAsync(crashAt).WaitAsync(StartLimit);

    /// <summary>kill -9, now.</summary>
    public abstract Task KillAsync();

    /// <summary>Does something during which the host reaches its crash point; the answer is lost with it.</summary>
    public async Task DiesDuringAsync(Func<Task> act)
    {
        await Assert.ThrowsAsync<HttpRequestException>(act);
        await DiesAsync("its point");
    }

    /// <summary>Starts it with work waiting that leads to the crash point, perhaps before it is ready for anybody.</summary>
    public async Task RunUntilItDiesAsync(string crashAt)
    {
        _ = LaunchAsync(crashAt).ContinueWith(started => started.Exception, TaskScheduler.Default);
        await DiesAsync(crashAt);
    }

    /// <summary>
    /// Starts it and lets time pass until it reaches the crash point: before it is ready for anybody, or somewhere on the way.
    /// </summary>
    public Task DiesWithinAsync(string crashAt, TimeSpan legal) => DiesOnTheWayAsync(crashAt, () => PassAsync(legal));

    /// <summary>Starts it and does something: it reaches the crash point meanwhile, perhaps before it is ready.</summary>
    public async Task DiesOnTheWayAsync(string crashAt, Func<Task> act)
    {
        try
        {
            await RunAsync(crashAt);
            await act();
        }
        catch (Exception lost) when (lost is InvalidOperationException or HttpRequestException)
        {
            // What it was asked died with it: that it died there is asked next.
        }

        await DiesAsync(crashAt);
    }

    /// <summary>Starts it; completes when it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended before it was ready.</exception>
    protected abstract Task LaunchAsync(string? crashAt);

    /// <summary>Completes when it has died at its crash point; fails when it ended otherwise.</summary>
    protected abstract Task HasDiedAsync();

    private async Task DiesAsync(string crashAt)
    {
        try
        {
            await HasDiedAsync().WaitAsync(DeathLimit);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It did not reach {crashAt}:\n{Output}");
        }
    }
}
