using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.Time;
using PrivacyFunctions.LocalHost.Worker;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>
/// Runs the app's timer functions. To a moving clock the daily and rarer ones are stops; the others run once at each stop.
/// </summary>
internal sealed class TimerFunctions : IClockFollower, IDisposable
{
    private readonly Dictionary<string, (TimerFunction Timer, bool RunOnStartup, bool IsDisabled)> _timers =
        new(StringComparer.OrdinalIgnoreCase);

    /// <param name="functions">The app's functions; those with a timer are taken.</param>
    /// <param name="run">Runs one, and fails when it fails.</param>
    /// <exception cref="FunctionStartupException">A schedule that cannot be kept; every one is named.</exception>
    public TimerFunctions(
        IReadOnlyList<WorkerFunction> functions,
        Func<WorkerFunction, TimerData, CancellationToken, Task> run,
        TimerStatusFiles status,
        IConfiguration configuration,
        TimeProvider time,
        ILogger<TimerFunctions> logger)
    {
        var errors = new List<string>();
        foreach (var function in functions)
        {
            if (function.Trigger is not FunctionTrigger.Timer trigger)
                continue;
            try
            {
                var schedule = TimerSchedule.Parse(function.Name, trigger.Schedule, configuration);
                var monitored = trigger.UseMonitor && !schedule.IsWithinAMinute;
                var timer = new TimerFunction(
                    function.Name, schedule, (info, cancellation) => run(function, info, cancellation),
                    monitored ? status : null, time, logger);
                _timers.Add(function.Name, (timer, trigger.RunOnStartup, IsDisabled(configuration, function.Name)));
            }
            catch (FunctionStartupException refused)
            {
                errors.Add(refused.Message);
            }
        }

        if (errors.Count > 0)
            throw new FunctionStartupException(string.Join(Environment.NewLine, errors));
    }

    /// <summary>Every timer function, by name; to be looked at only.</summary>
    public IEnumerable<TimerFunction> All =>
        _timers.Values.Select(t => t.Timer).OrderBy(timer => timer.Name, StringComparer.Ordinal);

    /// <summary>Starts a run of the timer function of that name, whatever its case, and does not wait for its end.</summary>
    /// <returns>False when no timer function has that name.</returns>
    public bool TryFireNow(string name)
    {
        if (!_timers.TryGetValue(name, out var found))
            return false;
        _ = Task.Run(found.Timer.FireNowAsync);
        return true;
    }

    /// <inheritdoc/>
    public bool IsEndless => true;

    /// <inheritdoc/>
    public DateTimeOffset? NextStop(DateTimeOffset now)
        => _timers.Values.Where(t => t.Timer.IsDailyOrRarer && t.Timer.Next > now).Min(t => t.Timer.Next);

    /// <inheritdoc/>
    public async Task CatchUpAsync(CancellationToken cancellation)
        => await Task.WhenAll(_timers.Values.Select(t => t.Timer.FireIfDueAsync())).WaitAsync(cancellation);

    /// <summary>Takes up every schedule but those of disabled functions, which run only when an operator fires them.</summary>
    public void Start()
    {
        foreach (var (timer, runOnStartup, _) in _timers.Values.Where(t => !t.IsDisabled))
            timer.Start(runOnStartup);
    }

    /// <summary>Cancels runs under way and waits for their end.</summary>
    public Task StopAsync() => Task.WhenAll(_timers.Values.Select(t => t.Timer.StopAsync()));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (timer, _, _) in _timers.Values)
            timer.Dispose();
    }

    // The app setting by which the Functions host switches a function off, in both its ways of writing.
    private static bool IsDisabled(IConfiguration configuration, string function) =>
        (configuration[$"AzureWebJobs.{function}.Disabled"] ?? configuration[$"AzureWebJobs:{function}:Disabled"]) is { } setting
        && (setting == "1" || string.Equals(setting, "true", StringComparison.OrdinalIgnoreCase));
}
