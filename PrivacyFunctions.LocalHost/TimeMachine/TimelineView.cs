namespace PrivacyFunctions.LocalHost.TimeMachine;

/// <summary>The timeline as the page shows it and as <c>GET /api/timeline</c> answers. Instants are UTC.</summary>
/// <param name="Now">The clock.</param>
/// <param name="Upcoming">The durable timers that fire next.</param>
/// <param name="MoreUpcoming">How many more there are.</param>
/// <param name="Functions">The timer functions.</param>
/// <param name="Past">What has happened, the newest first.</param>
/// <param name="Page">Which page of the past this is, from 1.</param>
/// <param name="Pages">How many there are, at least 1.</param>
public sealed record TimelineView(
    DateTimeOffset Now, IReadOnlyList<UpcomingTimer> Upcoming, int MoreUpcoming, IReadOnlyList<UpcomingFunction> Functions,
    IReadOnlyList<PastEntry> Past, int Page, int Pages);

/// <summary>A durable timer that waits.</summary>
public sealed record UpcomingTimer(DateTimeOffset At, string Orchestrator, string Instance);

/// <summary>A timer function.</summary>
/// <param name="Next">Its next occurrence; null before the host has started it.</param>
/// <param name="IsStop">Whether the clock stops for it; one that is due more often than daily runs at each stop instead.</param>
public sealed record UpcomingFunction(string Name, DateTimeOffset? Next, bool IsStop);

/// <summary>What happened at a stop, or between moves.</summary>
/// <param name="At">The stop; of what happened between two moves, its end.</param>
/// <param name="Until">The last of several stops at which the same timer functions ran and nothing else happened.</param>
/// <param name="Times">How many stops these are.</param>
/// <param name="IsStop">False: between moves.</param>
/// <param name="Woken">The first of the durable instances whose timers were due.</param>
/// <param name="WokenInAll">How many those are.</param>
/// <param name="Functions">The timer functions that ran, those that run daily or less often.</param>
/// <param name="Deletions">How many items were deleted or anonymised, by data set id, "backup" or "export".</param>
public sealed record PastEntry(
    DateTimeOffset At, DateTimeOffset? Until, int Times, bool IsStop, IReadOnlyList<Woken> Woken, int WokenInAll,
    IReadOnlyList<string> Functions, IReadOnlyList<SentMail> Mails, IReadOnlyDictionary<string, long> Deletions);

/// <summary>A mail in the outbox.</summary>
/// <param name="Subject">Null when it was deleted from the outbox since; then <paramref name="Link"/> is null, too.</param>
/// <param name="Link">Its page on the desk.</param>
public sealed record SentMail(long Id, string? Subject, string? Link);
