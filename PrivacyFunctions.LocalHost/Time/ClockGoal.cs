using System.Globalization;

namespace PrivacyFunctions.LocalHost.Time;

/// <summary>Where a move of the clock goes.</summary>
internal abstract record ClockGoal
{
    /// <summary>How far the clock can be moved at once.</summary>
    public static readonly int MostYears = 10;

    private ClockGoal()
    {
    }

    /// <summary>By a span, zero or more.</summary>
    internal sealed record By(TimeSpan Span) : ClockGoal;

    /// <summary>By a calendar month: to the same day of the next one, or its last where that is missing.</summary>
    internal sealed record Month : ClockGoal;

    /// <summary>To an instant; one in the past only lets everybody catch up.</summary>
    internal sealed record To(DateTimeOffset Instant) : ClockGoal;

    /// <summary>To the first stop there is, and nowhere when nobody waits for anything.</summary>
    internal sealed record Next : ClockGoal;

    /// <summary>From stop to stop until nothing waits that comes to an end; for <see cref="MostYears"/> at most.</summary>
    internal sealed record End : ClockGoal;

    /// <summary>Reads what a form or a JSON body asks for: <paramref name="by"/> is a time span (<c>14.00:00:00</c>),
    /// "month", "next" or "end"; <paramref name="to"/> a date or an instant.</summary>
    /// <returns>Null when it is neither or both, goes back, or goes further than <see cref="MostYears"/>.</returns>
    public static ClockGoal? Parse(string? by, string? to, DateTimeOffset now)
    {
        var goal = (by, to) switch
        {
            ("month", null) => new Month(),
            ("next", null) => new Next(),
            ("end", null) => new End(),
            (not null, null) => TimeSpan.TryParse(by, CultureInfo.InvariantCulture, out var span) ? new By(span) : null,
            (null, not null) => UtcInstant.Parse(to) is { } instant ? new To(instant) : null,
            _ => (ClockGoal?)null,
        };
        var latest = now.AddYears(MostYears);
        return goal switch
        {
            By { Span: var span } => span >= TimeSpan.Zero && span <= latest - now ? goal : null,
            To { Instant: var instant } => instant >= now && instant <= latest ? goal : null,
            _ => goal,
        };
    }

    /// <summary>The last instant of the move.</summary>
    /// <param name="now">Where it begins.</param>
    /// <param name="next">The first stop there is.</param>
    public DateTimeOffset Target(DateTimeOffset now, DateTimeOffset? next) => this switch
    {
        By { Span: var span } => now + span,
        Month => now.AddMonths(1),
        To { Instant: var instant } => instant > now ? instant : now,
        Next => next ?? now,
        _ => now.AddYears(MostYears),
    };
}
