using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.Time;

namespace PrivacyFunctions.LocalHost.TimeMachine;

/// <summary>Moves the clock, in the foreground for a program that waits and in the background for a page that is watched.
/// Disposing stops the move that is under way.</summary>
internal sealed class ClockMoves(ClockMover mover, MoveRecorder recorder, ILogger<ClockMoves> logger) : IAsyncDisposable
{
    private readonly Lock _starting = new();
    private readonly CancellationTokenSource _closing = new();
    private CancellationTokenSource _stop = new();
    private Task _background = Task.CompletedTask;
    private volatile MoveUnderWay? _underWay;
    private volatile MoveReport? _last;

    /// <summary>The move under way; null when there is none, or when it still waits for what is due at its beginning.</summary>
    public MoveUnderWay? UnderWay => _underWay;

    /// <summary>Whether a move is under way, or about to be.</summary>
    public bool IsBusy => _underWay is not null || !_background.IsCompleted;

    /// <summary>Completes when no move is under way in the background; never fails.</summary>
    public Task WhenOver => _background;

    /// <summary>How the last move ended; null when there was none in this run.</summary>
    public MoveReport? Last => _last;

    /// <summary>Moves, and returns at the goal.</summary>
    public Task<ClockMove> MoveAsync(ClockGoal goal, CancellationToken cancellation) => RunAsync(goal, cancellation);

    /// <summary>Begins a move unless one of these is under way; its progress is <see cref="UnderWay"/>, its end
    /// <see cref="Last"/>.</summary>
    public void Start(ClockGoal goal)
    {
        lock (_starting)
        {
            if (!_background.IsCompleted)
                return;
            _stop.Dispose();
            _stop = new CancellationTokenSource();
            var stop = _stop.Token;
            _background = Task.Run(() => RunInBackgroundAsync(goal, stop), CancellationToken.None);
        }
    }

    /// <summary>Ends the background move at the stop it has reached.</summary>
    public void Stop()
    {
        lock (_starting)
            _stop.Cancel();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        Stop();
        await _background;
        recorder.WriteMeanwhile();
        _stop.Dispose();
        _closing.Dispose();
    }

    private async Task RunInBackgroundAsync(ClockGoal goal, CancellationToken stop)
    {
        try
        {
            await RunAsync(goal, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            logger.LogInformation("A move of the clock was stopped on its way");
        }
        catch (Exception failure)
        {
            logger.LogError("{Work} failed: {Failure}", "(a move of the clock)", failure.GetType().FullName);
        }
    }

    private async Task<ClockMove> RunAsync(ClockGoal goal, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
        var mine = new MoveUnderWay(recorder, begun => _underWay = begun);
        var ending = MoveEnding.Failed;
        try
        {
            var move = await mover.MoveAsync(goal, mine, either.Token);
            ending = move.IsComplete ? MoveEnding.Complete : MoveEnding.TooManyStops;
            return move;
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            ending = MoveEnding.Stopped;
            throw;
        }
        finally
        {
            if (_underWay == mine)
                _underWay = null;
            _last = new MoveReport(mine.Stops, ending);
        }
    }
}
