namespace PrivacyFunctions.Clock.Model;

/// <summary>
/// When a request must be answered, in local dates of the company's legal time zone. Everybody gets the clock of the European
/// Union, wherever they live (R-EVERYONE; L1, L2, L7); where the law of their place is quicker, that one (L3, L5, L11).
/// </summary>
public static class StatutoryClock
{
    /// <summary>The last day on which an answer is in time.</summary>
    /// <param name="receivedOn">The local date on which the request was received, by whatever channel.</param>
    /// <param name="residence">Where the person lives.</param>
    /// <param name="calendars">The calendars.</param>
    /// <param name="stop">For how long the clock stood still; null if it never did.</param>
    public static DueDate Answer(DateOnly receivedOn, Residence residence, Calendars calendars, ClockStop? stop = null) =>
        Earliest(receivedOn, residence, periods => periods.Answer, calendars, stop);

    /// <summary>
    /// The same of an answer that takes longer: from receipt, never "due + 2 months" (L2). Lawful only with a notice that gives
    /// reasons and is sent within the first month; that the caller must hold.
    /// </summary>
    /// <inheritdoc cref="Answer"/>
    public static DueDate ExtendedAnswer(DateOnly receivedOn, Residence residence, Calendars calendars, ClockStop? stop = null) =>
        Earliest(receivedOn, residence, periods => periods.Extended, calendars, stop);

    /// <summary>
    /// A due date whose trace does not tell where the person lives, for the audit chain, which forgets nothing. The case itself has the whole trace.
    /// </summary>
    /// <param name="due">The date.</param>
    /// <param name="everybody">That of somebody of whom nothing is known.</param>
    public static DueDate WithoutPlace(DueDate due, DueDate everybody) =>
        due.On == everybody.On ? everybody : due with { Trace = $"{due.On:yyyy-MM-dd}, which is earlier than {everybody.Trace}" };

    private static DueDate Earliest(
        DateOnly receivedOn, Residence residence, Func<RequestPeriods, StatutoryRule> rule, Calendars calendars, ClockStop? stop)
    {
        var pack = RulePack.InForceOn(receivedOn);
        var everybody = rule(pack.Everybody).Ends(receivedOn, calendars, stop?.ByPolicy ?? 0);
        if (!pack.Places.TryGetValue(residence, out var own)) return everybody;

        var there = rule(own).Ends(receivedOn, calendars, own.StopsForClarification ? stop?.ByLaw ?? 0 : 0);
        var (earlier, later) = there.On < everybody.On ? (there, everybody) : (everybody, there);
        return earlier with { Trace = $"{earlier.Trace}, which is no later than {later.Trace}" };
    }
}

/// <summary>A due date with the trace of the rules that made it.</summary>
/// <param name="On">The last day on which the answer is in time.</param>
/// <param name="Target">The unrolled date, which operators work towards.</param>
/// <param name="Trace">The rules and dates it came from, for people.</param>
public sealed record DueDate(DateOnly On, DateOnly Target, string Trace);

/// <summary>
/// For how many days the clock stood still while we waited for the person, the one of the question and the one of the answer among them.
/// </summary>
/// <param name="ByLaw">Those that count where the law of a place stops its clock (L3).</param>
/// <param name="ByPolicy">Those that count for everybody, as the company has set it (L4).</param>
public sealed record ClockStop(int ByLaw, int ByPolicy);
