using Microsoft.Extensions.Configuration;
using NCrontab;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>When a timer function is due: an NCRONTAB expression in a time zone.</summary>
internal sealed class TimerSchedule
{
    private readonly CrontabSchedule _cron;
    private readonly TimeZoneInfo _zone;

    private TimerSchedule(CrontabSchedule cron, TimeZoneInfo zone, DateTime first)
    {
        _cron = cron;
        _zone = zone;
        // The hours, minutes and seconds are the same on each day that the expression names, so the first two tell.
        var second = cron.GetNextOccurrence(first);
        IsDailyOrRarer = second.Date > first.Date;
        IsWithinAMinute = second - first < TimeSpan.FromMinutes(1);
    }

    /// <summary>Whether no day has two occurrences.</summary>
    public bool IsDailyOrRarer { get; }

    /// <summary>Whether occurrences are less than a minute apart; the host remembers nothing about such a timer.</summary>
    public bool IsWithinAMinute { get; }

    /// <summary>Reads six fields (seconds first) or five, or the app setting named as <c>%Setting%</c>, in the time zone of
    /// the app setting <c>WEBSITE_TIME_ZONE</c>, else UTC.</summary>
    /// <exception cref="FunctionStartupException">The setting is missing, the expression malformed or never due, or the
    /// time zone unknown.</exception>
    public static TimerSchedule Parse(string function, string expression, IConfiguration configuration)
    {
        var text = expression;
        if (text.Length > 2 && text.StartsWith('%') && text.EndsWith('%'))
        {
            text = configuration[text[1..^1]]
                ?? throw FunctionStartupException.Of(function, $"the app setting {expression} for its schedule is missing");
        }

        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        if (CrontabSchedule.TryParse(text, new() { IncludingSeconds = fields == 6 }) is not { } cron)
            throw FunctionStartupException.Of(function, $"the schedule \"{text}\" is no NCRONTAB expression of six fields");
        var first = cron.GetNextOccurrence(new DateTime(1999, 12, 31, 23, 59, 59));
        if (first == DateTime.MaxValue)
            throw FunctionStartupException.Of(function, $"the schedule \"{text}\" never comes due");

        if (configuration["WEBSITE_TIME_ZONE"] is not { Length: > 0 } zone)
            return new(cron, TimeZoneInfo.Utc, first);
        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            ? new(cron, found, first)
            : throw FunctionStartupException.Of(function, $"the time zone \"{zone}\" of WEBSITE_TIME_ZONE is not known here");
    }

    /// <summary>The first occurrence after an instant, in UTC. One that falls into the hour that a change to summer time
    /// leaves out comes right after it; one that comes twice in autumn fires the first time.</summary>
    public DateTimeOffset Next(DateTimeOffset after)
    {
        var local = DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(after, _zone).DateTime, DateTimeKind.Unspecified);
        while (true)
        {
            local = _cron.GetNextOccurrence(local);
            var valid = local;
            while (_zone.IsInvalidTime(valid))
                valid = valid.AddMinutes(1);
            var offset = _zone.IsAmbiguousTime(valid) ? _zone.GetAmbiguousTimeOffsets(valid).Max() : _zone.GetUtcOffset(valid);
            var instant = new DateTimeOffset(valid, offset).ToUniversalTime();
            if (instant > after)
                return instant;
        }
    }
}
