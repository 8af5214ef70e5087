using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Outbox;

namespace PrivacyFunctions.LocalHost.TimeMachine;

/// <summary>Puts together what is shown: what will fire, and what has happened, with the subjects of the mails that are in the
/// outbox now.</summary>
internal sealed class TimelineReader(
    Timeline timeline, MoveRecorder recorder, DurableEngine engine, TimerFunctions timers, MailStore mails, TimeProvider clock)
{
    private const int UpcomingShown = 50;
    private const int EntriesPerPage = 50;

    /// <summary>Reads one page; nothing is changed by it.</summary>
    /// <param name="page">From 1, the newest entries; a number beyond the end shows the last page.</param>
    public TimelineView Read(int page)
    {
        var upcoming = engine.Upcoming(UpcomingShown);
        var (_, inAll) = timeline.Newest(0, 0);
        var pages = Math.Max(1, (inAll + EntriesPerPage - 1) / EntriesPerPage);
        var shown = Math.Clamp(page, 1, pages);
        var (entries, _) = timeline.Newest((shown - 1) * EntriesPerPage, EntriesPerPage);
        if (shown == 1 && recorder.Meanwhile is { IsWorthTelling: true } meanwhile)
            entries = [meanwhile, .. entries];

        return new TimelineView(
            clock.GetUtcNow(),
            [.. upcoming.First.Select(timer => new UpcomingTimer(timer.At, timer.Orchestrator, timer.InstanceId))],
            upcoming.InAll - upcoming.First.Count,
            [.. timers.All.Select(timer => new UpcomingFunction(timer.Name, timer.Next, timer.IsDailyOrRarer))],
            [.. entries.Select(Show)],
            shown,
            pages);
    }

    private PastEntry Show(TimelineEntry entry) => new(
        entry.At, entry.Until, entry.Times, entry.IsStop, entry.Woken, entry.WokenInAll, entry.Functions,
        [.. entry.Mails.Select(Show)], entry.Deletions);

    private SentMail Show(long id) =>
        mails.Find(id) is { } mail ? new(id, mail.Subject, $"/outbox/{id}") : new(id, null, null);
}
