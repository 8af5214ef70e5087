
namespace PrivacyFunctions.Cases.Model;

/// <summary>What is to be said of a case's due date.</summary>
public enum DueNotice
{
    /// <summary>Nothing: it is far away, nothing is owed, or something else of the case tells.</summary>
    None,

    /// <summary>It is <see cref="DueNotices.DaysBefore"/> days away or nearer.</summary>
    Near,

    /// <summary>It is over, and what is owed is not done.</summary>
    Over,
}

/// <summary>
/// When people are told that a due date comes near, and that it is over (GDPR art. 12(3); L1, L8). Pure; days are local dates of the
/// legal time zone.
/// </summary>
public static class DueNotices
{
    /// <summary>How many days before the due date people are told.</summary>
    public const int DaysBefore = 7;

    /// <summary>What is to be said of a case on a day.</summary>
    /// <remarks>
    /// An erasure that was escalated is told of by its own workflow, again and again. The end of an account is planned so that its
    /// purge has the last seven days, and escalates itself in their middle: only that it is over is said.
    /// </remarks>
    public static DueNotice Of(Case found, DateOnly today) =>
        found.DueOn is not { } due || AttentionMarks.Has(found.Attention, AttentionMarks.Approval) ? DueNotice.None
        : today > due ? DueNotice.Over
        : !found.EscalatesItself && today >= due.AddDays(-DaysBefore) ? DueNotice.Near
        : DueNotice.None;
}
