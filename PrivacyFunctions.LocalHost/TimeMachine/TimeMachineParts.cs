using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Outbox;
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
    /// <param name="app">The started function app.</param>
    /// <param name="mails">The outbox's.</param>
    /// <param name="timeline">The file that keeps what has happened.</param>
    /// <param name="loggers">Takes what goes wrong in a move.</param>
    public static TimeMachineParts Of(LocalFunctionsHost app, MailStore mails, string timeline, ILoggerFactory loggers)
    {
        var kept = new Timeline(timeline);
        var deletions = new DeletionCounts();
        var recorder = new MoveRecorder(kept, app.Engine, app.Timers, mails, deletions, app.Clock);
        var moves = new ClockMoves(app.Mover, recorder, loggers.CreateLogger<ClockMoves>());
        return new(
            app.Clock, moves, new TimelineReader(kept, recorder, app.Engine, app.Timers, mails, app.Clock), deletions);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Moves.DisposeAsync();
        Deletions.Dispose();
    }
}
