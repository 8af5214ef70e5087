using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Requests.Model;

/// <summary>Whether and until when an answer may take longer (L2). Pure.</summary>
public static class Extensions
{
    /// <summary>
    /// The extension of a request: once, while an answer is owed to a mailbox that is proven or needs no proof, and within the first month,
    /// since the person has to know it by then.
    /// </summary>
    /// <param name="request">The case.</param>
    /// <param name="reason">Why.</param>
    /// <param name="by">The operator.</param>
    /// <param name="receivedOn">The local date from which its clock runs.</param>
    /// <param name="today">The local date.</param>
    /// <param name="calendars">The calendars.</param>
    /// <param name="letterPostedOn">When the letter was posted that told the person; null where a mail tells them.</param>
    public static Decision Extend(
        SubjectRequest request, ExtensionReason reason, string by, DateOnly receivedOn, DateOnly today, Calendars calendars,
        DateOnly? letterPostedOn = null)
    {
        if (WhyNot(request, today) is not null) return Decision.Nothing;
        var stop = request.ClockStopWith(days: 0);
        var due = StatutoryClock.ExtendedAnswer(receivedOn, request.Residence, calendars, stop);
        var everybody = StatutoryClock.ExtendedAnswer(receivedOn, Residence.Elsewhere, calendars, stop);
        var without = StatutoryClock.ExtendedAnswer(receivedOn, request.Residence, calendars).On;
        return new Decision.Change(new CaseFact.DueExtended(reason, StatutoryClock.WithoutPlace(due, everybody), by)
        {
            WithoutPauses = without == due.On ? null : without, LetterPostedOn = letterPostedOn,
        });
    }

    /// <summary>
    /// What is decided once the person was told a date: that one, unless it has come to an earlier one meanwhile. A date that comes from another
    /// request is not put off (L1).
    /// </summary>
    /// <param name="now">The decision on the case as it is now.</param>
    /// <param name="told">What the person was told.</param>
    public static Decision Told(Decision now, CaseFact.DueExtended told) =>
        now is Decision.Change { Facts: [CaseFact.DueExtended latest] } && latest.Due.On >= told.Due.On ? new Decision.Change(told) : now;

    /// <summary>What is in the way of an extension; null if nothing is.</summary>
    public static ExtensionBar? WhyNot(SubjectRequest request, DateOnly today) =>
        request.Extended is not null ? ExtensionBar.Extended
        : !request.CanBeExtended || request.DueOn is null || request.CanBeConfirmed || request.Status == CaseStatus.Accepted ? ExtensionBar.NothingOwed
        : today > request.Due.On ? ExtensionBar.TooLate
        : null;
}

/// <summary>What can be in the way of an extension.</summary>
public enum ExtensionBar
{
    /// <summary>There was one.</summary>
    Extended,

    /// <summary>It is answered, or waits for the person, or is done at once.</summary>
    NothingOwed,

    /// <summary>The time in which the person has to know it is over.</summary>
    TooLate,
}
