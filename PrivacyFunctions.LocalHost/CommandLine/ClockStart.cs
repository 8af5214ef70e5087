using PrivacyFunctions.LocalHost.StartUp;
using PrivacyFunctions.LocalHost.Time;

namespace PrivacyFunctions.LocalHost.CommandLine;

/// <summary>Where the clock of a data folder begins: the option <c>--clock</c>.</summary>
internal static class ClockStart
{
    public static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Latest = new(2099, 12, 31, 23, 59, 59, TimeSpan.Zero);

    /// <summary>Reads a date or an instant as <see cref="UtcInstant"/> does;
    /// null also beyond <see cref="Earliest"/> and <see cref="Latest"/>.</summary>
    public static DateTimeOffset? Parse(string text) =>
        UtcInstant.Parse(text) is { } instant && instant >= Earliest && instant <= Latest ? instant : null;

    /// <summary>Opens the folder's clock. A fresh folder's begins at <paramref name="start"/>; another's is asked whether it
    /// began there, because a clock that has begun only moves forward.</summary>
    /// <param name="start">Null leaves the clock as it is: real time in a fresh folder.</param>
    /// <param name="real">The time underneath; the system's unless given.</param>
    /// <exception cref="StartUpProblem">The folder's clock has begun elsewhere.</exception>
    public static MovableClock Open(DataFolder data, DateTimeOffset? start, TimeProvider? real = null)
    {
        // A folder in which an engine has run lived through time, even if its clock was never moved.
        var fresh = !File.Exists(data.Clock) && !File.Exists(data.EngineDatabase);
        var clock = new MovableClock(data.Clock, real);
        if (start is null || start == clock.Began)
            return clock;
        if (!fresh)
        {
            var began = clock.Began is { } instant ? $"at {instant:yyyy-MM-dd'T'HH:mm:ss'Z'}" : "at real time";
            throw new StartUpProblem(
                $"The clock of the data folder {data.Root} has begun already, {began}, and only moves forward: "
                + "leave --clock out, or choose another folder with --data.");
        }

        clock.BeginAt(start.Value);
        return clock;
    }
}
