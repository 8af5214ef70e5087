using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.LocalHost.Time;

namespace PrivacyFunctions.LocalHost.TimeMachine;

/// <summary>Writes down what happens at each stop of a move, and what happened since the last one.</summary>
internal sealed class MoveRecorder(
    Timeline timeline, DurableEngine engine, TimerFunctions timers, MailStore mails, DeletionCounts deletions, TimeProvider clock)
    : IClockWatcher
{
    private const int MostWoken = 20;

    private (IReadOnlyList<Woken> First, int InAll) _woken = ([], 0);

    /// <summary>What has happened since the last move and is not written down yet: what a click sent, say.</summary>
    public TimelineEntry Meanwhile => new()
    {
        At = clock.GetUtcNow(), IsStop = false, Mails = NewMails(), Deletions = deletions.Look(),
    };

    /// <inheritdoc/>
    public void Begins(DateTimeOffset now, DateTimeOffset target) => WriteMeanwhile();

    /// <inheritdoc/>
    public void Nears(DateTimeOffset stop)
    {
        var due = engine.Upcoming(MostWoken, until: stop);
        _woken = ([.. due.First.Select(timer => new Woken(timer.InstanceId, timer.Orchestrator))], due.InAll);
    }

    /// <inheritdoc/>
    public void Leaves(DateTimeOffset stop) => Write(new()
    {
        At = stop,
        IsStop = true,
        Woken = _woken.First,
        WokenInAll = _woken.InAll,
        Functions = [.. timers.All.Where(timer => timer.IsDailyOrRarer && timer.Last == stop).Select(timer => timer.Name)],
        Mails = NewMails(),
        Deletions = deletions.Take(),
    });

    /// <summary>Writes down what has happened since the last move.</summary>
    public void WriteMeanwhile() => Write(Meanwhile with { Deletions = deletions.Take() });

    private IReadOnlyList<long> NewMails()
    {
        var last = timeline.LastMail;
        return [.. mails.Look(mail => mail.Id > last).Found.Select(mail => mail.Id)];
    }

    private void Write(TimelineEntry entry)
    {
        if (entry.IsWorthTelling)
            timeline.Add(entry);
    }
}
