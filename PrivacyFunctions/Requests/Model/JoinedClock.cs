using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Requests.Model;

/// <summary>
/// By when an open request must be answered once another one joins it (L1). Both are answered together, so the earlier due date holds: a
/// letter that was received before the form was sent would be answered late otherwise. Pure.
/// </summary>
public static class JoinedClock
{
    /// <summary>
    /// The clock of the request that joins holds if it runs out first, or on the same day but was received earlier: an extension counts from there (L2).
    /// </summary>
    /// <param name="open">The request that answers both.</param>
    /// <param name="openOn">The local date from which its clock runs.</param>
    /// <param name="joining">The one that joins it.</param>
    /// <param name="joiningOn">The local date on which that one was received.</param>
    /// <param name="today">The local date.</param>
    /// <param name="calendars">The calendars.</param>
    public static Decision Hold(
        SubjectRequest open, DateOnly openOn, SubjectRequest joining, DateOnly joiningOn, DateOnly today, Calendars calendars)
    {
        if (open.IsClosed || !open.CanBeJoined) return Decision.Nothing;
        // The notice that it takes longer serves both, if it came within the first month of each (L2).
        var isLonger = open.Extended is not null && today <= joining.Due.On;
        var due = isLonger ? StatutoryClock.ExtendedAnswer(joiningOn, joining.Residence, calendars) : joining.Due;
        var everybody = isLonger
            ? StatutoryClock.ExtendedAnswer(joiningOn, Residence.Elsewhere, calendars)
            : StatutoryClock.Answer(joiningOn, Residence.Elsewhere, calendars);
        return due.On < open.Due.On || (due.On == open.Due.On && joiningOn < openOn)
            ? new Decision.Change(new CaseFact.ReceivedEarlier(joining.Id, joiningOn, StatutoryClock.WithoutPlace(due, everybody)))
            : Decision.Nothing;
    }

    /// <summary>Whether its clock can hold against that of a request that was received today, and so has to be looked at.</summary>
    /// <param name="joining">The request that joins.</param>
    /// <param name="today">The local date.</param>
    /// <param name="calendars">The calendars.</param>
    public static bool MayBeEarlier(SubjectRequest joining, DateOnly today, Calendars calendars) =>
        joining.ReceivedOn < today || joining.Due.On < StatutoryClock.Answer(today, Residence.Elsewhere, calendars).On;
}
