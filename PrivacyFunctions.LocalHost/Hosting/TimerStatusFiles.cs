using System.Text.Json;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.StartUp;
using PrivacyFunctions.LocalHost.Worker;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>Where a timer function stands. Instants are in UTC.</summary>
/// <param name="Last">The last occurrence run; null when none was.</param>
/// <param name="Next">The next occurrence.</param>
/// <param name="Updated">When this was written.</param>
internal sealed record TimerStatus(DateTimeOffset? Last, DateTimeOffset Next, DateTimeOffset Updated)
{
    /// <summary>As a function is told.</summary>
    public TimerPosition ToPosition() => new(Last?.UtcDateTime ?? default, Next.UtcDateTime, Updated.UtcDateTime);
}

/// <summary>Remembers monitored timers, a small JSON file per function.</summary>
internal sealed class TimerStatusFiles(string folder, ILogger<TimerStatusFiles> logger)
{
    /// <summary>The status; null when there is none. A file that cannot be read counts as none, as on the host.</summary>
    public TimerStatus? Read(string function)
    {
        if (AtomicFile.Read(PathOf(function)) is not { } json)
            return null;
        try
        {
            return JsonSerializer.Deserialize<TimerStatus>(json);
        }
        catch (JsonException)
        {
            logger.LogWarning("The status of timer {Function} cannot be read; its schedule begins anew", function);
            return null;
        }
    }

    /// <summary>The status is on the disk when this returns.</summary>
    public void Write(string function, TimerStatus status)
        => AtomicFile.Write(PathOf(function), JsonSerializer.Serialize(status));

    private string PathOf(string function) => Path.Combine(folder, function + ".json");
}
