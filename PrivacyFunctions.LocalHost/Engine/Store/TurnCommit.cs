using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// Writes down what a turn decided: history, instance row and all that it sets in motion, and deletes the messages that it
/// read, and only these.
/// </summary>
internal sealed class TurnCommit(TurnOutcome outcome)
{
    /// <returns><c>false</c>, and nothing done, when the turn is not the execution's next one any more.</returns>
    public bool TryApply(
        Transaction transaction, Turn turn, DateTimeOffset startedAt, OrchestratorResponse response, DateTimeOffset now)
    {
        var end = response.Actions.Select(action => action.CompleteOrchestration).SingleOrDefault(action => action is not null);
        var next = end?.OrchestrationStatus == OrchestrationStatus.ContinuedAsNew ? end : null;
        var ending = end is null || next is not null ? null : ToEnding(end);
        if (!TryUpdateInstance(transaction, turn, response, ending, now))
            return false;

        foreach (var message in turn.Messages)
        {
            transaction.Execute(
                "DELETE FROM NewEvents WHERE execution = @execution AND visibleAt = @visibleAt AND seq = @seq",
                ("@execution", turn.Execution), ("@visibleAt", message.VisibleAt), ("@seq", message.Seq));
        }

        if (next is null)
            AppendHistory(transaction, turn, startedAt, response);
        var execution = next is null ? turn.Execution : Continuation.Begin(transaction, turn, next, now);
        outcome.Apply(transaction, turn, response.Actions, isOver: end is not null, now);
        if (ending is not null)
        {
            var recursive = turn.Messages.Any(read => read.Event.ExecutionTerminated?.Recurse == true);
            transaction.Finish(execution, ending, recursive, now);
        }

        if (turn.Number == 0)
            transaction.Moved.Add(turn.InstanceId);
        return true;
    }

    private static bool TryUpdateInstance(
        Transaction transaction, Turn turn, OrchestratorResponse response, Ending? ending, DateTimeOffset now) =>
        transaction.Execute(
            $"""
            UPDATE Instances SET
                status = @status, turns = turns + 1, updated = @now, completed = @completed,
                output = CASE WHEN @completed IS NULL THEN output ELSE @output END, -- a suspension's reason stays until the end
                suspended = suspended AND @completed IS NULL,
                -- As in Durable Task: the status that the execution before left is there until the first turn has ended.
                customStatus = coalesce(@customStatus, CASE WHEN @turn = 0 THEN customStatus END)
            WHERE execution = @execution AND turns = @turn AND {InstanceStatus.IsUnfinished}
            """,
            ("@status", (int)(ending?.Status ?? OrchestrationStatus.Running)),
            ("@now", now.UtcTicks),
            ("@completed", ending is null ? null : now.UtcTicks),
            ("@output", ending?.Output),
            ("@customStatus", response.CustomStatus),
            ("@execution", turn.Execution),
            ("@turn", turn.Number)) == 1;

    private static void AppendHistory(Transaction transaction, Turn turn, DateTimeOffset startedAt, OrchestratorResponse response)
    {
        var at = Instant.ToTimestamp(startedAt.UtcTicks);
        var chunk = new HistoryChunk();
        chunk.Events.Add(Events.OrchestratorStarted(at));
        chunk.Events.Add(turn.Messages.Select(read => read.Event));
        chunk.Events.Add(response.Actions.Select(action => Decisions.ToEvent(action, at)));
        chunk.Events.Add(Events.OrchestratorCompleted(at));
        transaction.Execute(
            "INSERT INTO History (execution, turn, events) VALUES (@execution, @turn, @events)",
            ("@execution", turn.Execution), ("@turn", turn.Number), ("@events", chunk.ToByteArray()));
    }

    // As on the Functions host a failure's text is the output.
    private static Ending ToEnding(CompleteOrchestrationAction end) => new(
        end.OrchestrationStatus,
        end.OrchestrationStatus == OrchestrationStatus.Failed ? end.Result ?? end.FailureDetails?.ErrorMessage : end.Result,
        end.FailureDetails is { } failure ? Decisions.WithoutStackTraces(failure) : null);
}
