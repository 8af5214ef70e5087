using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.LocalHost.Runtime;
using PrivacyFunctions.LocalHost.Time;

namespace PrivacyFunctions.LocalHost.TimeMachine;

/// <summary>What the time machine is made of. Disposing stops a move under way and writes down what it has seen.</summary>
/// <param name="Clock">The clock it shows.</param>
/// <param name="Moves">Moves it.</param>
/// <param name="Timelines">Tells what comes and what was.</param>
/// <param name="Deletions">Hears what the app deletes.</param>
internal sealed record TimeMachineParts(MovableClock Clock, ClockMoves Moves, TimelineReader Timelines, DeletionCounts Deletions)
    : IAsyncDisposable
{
    /// <param name="app">The started function app's services.</param>
    /// <param name="mails">The outbox's.</param>
    /// <param name="timeline">The file that keeps what has happened.</param>
    public static TimeMachineParts Of(IServiceProvider app, MailStore mails, string timeline)
    {
        var clock = app.GetRequiredService<MovableClock>();
        var engine = app.GetRequiredService<DurableEngine>();
        var timers = app.GetRequiredService<TimerFunctions>();
        var kept = new Timeline(timeline);
        var deletions = new DeletionCounts();
        var recorder = new MoveRecorder(kept, engine, timers, mails, deletions, clock);
        var moves = new ClockMoves(
            app.GetRequiredService<ClockMover>(), recorder, app.GetRequiredService<ILogger<ClockMoves>>());
        return new(clock, moves, new TimelineReader(kept, recorder, engine, timers, mails, clock), deletions);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Moves.DisposeAsync();
        Deletions.Dispose();
    }
}
