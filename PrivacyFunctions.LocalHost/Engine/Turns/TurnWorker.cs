using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask.Protobuf;
using Microsoft.Extensions.Logging;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>Runs orchestrator turns. Between turns an instance is nothing but rows.</summary>
internal sealed class TurnWorker(
    TurnStore store, IDurableWorker worker, string defaultVersion, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<TurnWorker>();
    private readonly Sessions _sessions = new();

    /// <summary>Runs and commits the execution's next turn, if it has something to read.</summary>
    public async Task RunAsync(long execution, CancellationToken stopping)
    {
        var startedAt = time.GetUtcNow();
        if (store.Load(execution, startedAt) is not { } turn)
            return;

        var isHeld = _sessions.Holds(turn);
        var isToBeHeld = isHeld || _sessions.IsWorthwhile(turn);
        _sessions.Forget(execution); // until the commit the worker is ahead of the store
        var response = await worker.RunTurnAsync(turn.Name, Request(turn, startedAt, isToBeHeld, isHeld), stopping);
        if (response.RequiresHistory)
        {
            response = await worker.RunTurnAsync(
                turn.Name, Request(turn, startedAt, isToBeHeld, withoutHistory: false), stopping);
        }

        if (!store.Commit(turn, startedAt, Checked(response), time.GetUtcNow()))
        {
            _logger.LogDebug("A turn of instance {InstanceId} was dropped: it has ended meanwhile.", turn.InstanceId);
            return;
        }

        var end = response.Actions.Select(action => action.CompleteOrchestration).SingleOrDefault(action => action is not null);
        if (end is null && isToBeHeld)
            _sessions.Keep(turn);
        if (end is not null)
            Report(turn.InstanceId, end.OrchestrationStatus);
    }

    private OrchestratorRequest Request(Turn turn, DateTimeOffset startedAt, bool isToBeHeld, bool withoutHistory)
    {
        var request = new OrchestratorRequest { InstanceId = turn.InstanceId, ExecutionId = turn.ExecutionId };
        if (!withoutHistory && turn.Number > 0)
            request.PastEvents.Add(store.ReadHistory(turn.Execution));
        request.NewEvents.Add(Events.OrchestratorStarted(Instant.ToTimestamp(startedAt.UtcTicks)));
        request.NewEvents.Add(turn.Messages.Select(read => read.Event));
        if (defaultVersion.Length > 0)
            request.Properties.Add("defaultVersion", Value.ForString(defaultVersion)); // for the children's sake
        if (isToBeHeld)
        {
            request.Properties.Add("IsExtendedSession", Value.ForBool(true));
            request.Properties.Add("ExtendedSessionIdleTimeoutInSeconds", Value.ForNumber(Sessions.Idle.TotalSeconds));
            request.Properties.Add("IncludeState", Value.ForBool(!withoutHistory));
        }

        return request;
    }

    // The same code would ask for the same again: the instance fails rather than being tried for ever.
    private static OrchestratorResponse Checked(OrchestratorResponse response)
    {
        if (response.Actions.FirstOrDefault(action => !Decisions.IsKnown(action)) is not { } unknown)
            return response;
        var message = $"The orchestrator asks for {unknown.OrchestratorActionTypeCase}, which the local host does not have.";
        var failed = new OrchestratorResponse { InstanceId = response.InstanceId, CustomStatus = response.CustomStatus };
        failed.Actions.Add(new OrchestratorAction
        {
            Id = unknown.Id,
            CompleteOrchestration = new()
            {
                OrchestrationStatus = OrchestrationStatus.Failed,
                Result = message,
                FailureDetails = Events.Failure(message),
            },
        });
        return failed;
    }

    // The text of a failure is in the instance's row; the log gets ids and names only.
    private void Report(string instanceId, OrchestrationStatus status) => _logger.Log(
        status == OrchestrationStatus.Failed ? LogLevel.Warning : LogLevel.Debug,
        "Instance {InstanceId} ended: {Status}.",
        instanceId,
        status);
}
