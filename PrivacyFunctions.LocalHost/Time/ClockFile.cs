using System.Globalization;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.Time;

/// <summary>What a clock remembers over restarts. On the first line the offset in ticks of 100 ns, on the second, if the clock
/// was told where to begin, that instant.</summary>
/// <param name="Offset">How far the clock is ahead of real time; negative when it is behind.</param>
/// <param name="Began">The instant that it was set to before anything happened, UTC; null when it began at real time.</param>
internal sealed record ClockFile(TimeSpan Offset, DateTimeOffset? Began)
{
    private const string InstantFormat = "O";

    /// <summary>Reads the file; where there is none, real time.</summary>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static ClockFile Read(string path)
    {
        if (AtomicFile.Read(path) is not { } text)
            return new(TimeSpan.Zero, null);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        DateTimeOffset began = default;
        return lines is [var offset, .. var rest] && rest.Length <= 1
            && long.TryParse(offset, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ticks)
            && (rest is not [var instant] || DateTimeOffset.TryParseExact(
                instant, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out began))
                ? new(new TimeSpan(ticks), rest.Length == 0 ? null : began)
                : throw new InvalidDataException($"The clock's file {path} holds no offset; delete it to return to real time.");
    }

    /// <summary>Replaces the file; it is on the disk when this returns.</summary>
    public void Write(string path)
    {
        var offset = Offset.Ticks.ToString(CultureInfo.InvariantCulture);
        AtomicFile.Write(path, Began is { } instant
            ? $"{offset}\n{instant.ToString(InstantFormat, CultureInfo.InvariantCulture)}\n"
            : offset);
    }
}
