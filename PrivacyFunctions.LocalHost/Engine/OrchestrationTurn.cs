using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// Runs an orchestrator over its history and then over the messages that are new. Pure: the same events give the same
/// result. An instance ends when its code has ended and no activity, sub-orchestration or timer is outstanding: as on the
/// real host, a timer that lost a race and was not cancelled keeps its instance Running until it fires. Continuing as new
/// waits for the same, so nothing outstanding of the old execution ever meets the new one; a failure or an end from
/// outside comes before it.
/// </summary>
internal sealed class OrchestrationTurn
{
    private readonly string _instanceId;
    private readonly Func<string, Func<TaskOrchestrationContext, Task<object?>>?> _find;
    private readonly DataConverter _converter;
    private readonly ILoggerFactory _loggers;
    private readonly OrchestratorThread _thread = new();
    private ReplayContext? _context;
    private Task<string?>? _code;
    private DateTime _startedAt;
    private ExecutionTerminated? _terminated;

    private OrchestrationTurn(
        string instanceId,
        Func<string, Func<TaskOrchestrationContext, Task<object?>>?> find,
        DataConverter converter,
        ILoggerFactory loggers)
    {
        (_instanceId, _find, _converter, _loggers) = (instanceId, find, converter, loggers);
    }

    /// <summary>Replays <paramref name="past"/> and runs <paramref name="fresh"/>,
    /// which begins with OrchestratorStarted.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="past">The recorded history.</param>
    /// <param name="fresh">This turn's start and messages; empty for a mere replay, which then must decide nothing new.</param>
    /// <param name="find">Finds an orchestrator by its name.</param>
    /// <param name="converter">Reads and writes payloads.</param>
    /// <param name="loggers">Behind the orchestrator's replay-safe loggers.</param>
    public static TurnResult Run(
        string instanceId,
        IReadOnlyList<HistoryEvent> past,
        IReadOnlyList<HistoryEvent> fresh,
        Func<string, Func<TaskOrchestrationContext, Task<object?>>?> find,
        DataConverter converter,
        ILoggerFactory loggers)
    {
        var turn = new OrchestrationTurn(instanceId, find, converter, loggers);
        try
        {
            foreach (var recorded in past)
                turn._thread.Run(() => turn.Process(recorded, replaying: true));
            if (fresh.Count == 0)
                turn._context?.DemandAllRecorded();
            foreach (var message in fresh)
                turn._thread.Run(() => turn.Process(message, replaying: false));
            return turn.Conclude();
        }
        catch (Exception fault)
        {
            // The code does not fit the history, or something was thrown past the orchestrator's task (by an async void of
            // its own). The same events would throw it again: the instance fails rather than being tried for ever.
            return turn.Fail(fault.Message);
        }
    }

    private void Process(HistoryEvent happened, bool replaying)
    {
        switch (happened)
        {
            case OrchestratorStarted started:
                _startedAt = started.At;
                _context?.BeginTurn(started.At, replaying);
                break;
            case ExecutionStarted start:
                _context = new ReplayContext(_instanceId, start, _thread, _converter, _loggers);
                _context.BeginTurn(_startedAt, replaying);
                _code = StartAsync(start.Name, _context);
                break;
            case Decision recorded:
                _context?.Match(recorded);
                break;
            case TaskCompleted completed:
                _context?.Complete(completed.TaskId, completed.Result);
                break;
            case TaskFailed failed:
                _context?.Fail(failed.TaskId, failed.Message);
                break;
            case TimerFired fired:
                _context?.Complete(fired.TimerId, null);
                break;
            case EventRaised raised:
                _context?.Raise(raised);
                break;
            case ExecutionTerminated terminated:
                _terminated = terminated;
                break;
        }
    }

    // The whole of it is the orchestrator's failure if it throws: before the first await, or when its output is no JSON.
    private async Task<string?> StartAsync(string name, ReplayContext context)
    {
        var orchestrator = _find(name) ?? throw new InvalidOperationException($"There is no orchestrator named '{name}'.");
        return _converter.Serialize(await orchestrator(context));
    }

    private TurnResult Conclude()
    {
        if (_terminated is not null)
            return End(new(OrchestrationRuntimeStatus.Terminated, _terminated.Output), []);
        if (_context is null || _code is null)
            throw new InvalidOperationException($"The history of instance '{_instanceId}' does not begin with its start.");
        if (_thread.WasLeft)
            return Fail("The orchestrator awaited a task that is not its context's, and it completed on another thread.");
        if (_context.HasOpenTasks)
            return Waiting();
        if (_code.IsCompletedSuccessfully && _context.Next is { } next)
            return Waiting() with { Next = next };
        if (_code.IsCompletedSuccessfully)
            return End(new(OrchestrationRuntimeStatus.Completed, _code.Result), _context.NewDecisions);
        if (_code.IsCompleted)
            return End(new(OrchestrationRuntimeStatus.Failed, WhyItFailed(_code)), _context.NewDecisions);
        return _context.AwaitsEvents
            ? Waiting()
            : Fail("The orchestrator awaits a task that is not its context's, so nothing can ever continue it.");
    }

    private TurnResult Waiting() => new(_context!.NewDecisions, _context.CancelledTimers, _context.CustomStatus, null);

    private TurnResult Fail(string message) => End(new(OrchestrationRuntimeStatus.Failed, message), []);

    private TurnResult End(ExecutionCompleted completion, IReadOnlyList<Decision> decisions) =>
        new(decisions, [], _context?.CustomStatus, completion);

    private static string WhyItFailed(Task code) =>
        code.Exception?.InnerException?.Message ?? "The orchestrator was cancelled by its own token.";
}
