using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>Creates executions, within the caller's transaction.</summary>
internal static class InstanceStarts
{
    /// <summary>Creates the row and the start message. A finished instance of that id is replaced with all that it had.</summary>
    /// <param name="start">Its id, orchestrator, version, input, tags, and who awaits it.</param>
    /// <param name="startAt">When its first turn is due.</param>
    /// <param name="parentExecution">The one execution that awaits it, if it is a sub-orchestration.</param>
    /// <param name="replaceable">The statuses that a finished one of that id may have; all of them when <c>null</c>.</param>
    /// <returns><c>false</c>, and nothing done, when one of that id is unfinished or not to be replaced.</returns>
    public static bool TryStart(
        this Transaction transaction,
        ExecutionStartedEvent start,
        DateTimeOffset startAt,
        long? parentExecution,
        DateTimeOffset now,
        IReadOnlyCollection<OrchestrationStatus>? replaceable = null)
    {
        var id = start.OrchestrationInstance.InstanceId;
        var status = transaction.Scalar<long?>("SELECT status FROM Instances WHERE id = @id", ("@id", id));
        if (status is { } found)
        {
            var old = (OrchestrationStatus)found;
            if (!old.IsTerminal() || replaceable?.Contains(old) == false)
                return false;
            transaction.Remove(id);
        }

        var execution = transaction.Numbers.NextExecution();
        start.OrchestrationInstance.ExecutionId = Guid.NewGuid().ToString("N");
        transaction.Execute(
            """
            INSERT INTO Instances
                (execution, id, executionId, name, version, status, created, updated, input, parent, parentExecution, start)
            VALUES (@execution, @id, @executionId, @name, @version, 6, @now, @now, @input, @parent, @parentExecution, @start)
            """,
            ("@execution", execution),
            ("@id", id),
            ("@executionId", start.OrchestrationInstance.ExecutionId),
            ("@name", start.Name),
            ("@version", start.Version),
            ("@now", now.UtcTicks),
            ("@input", start.Input),
            ("@parent", start.ParentInstance?.OrchestrationInstance.InstanceId),
            ("@parentExecution", parentExecution),
            ("@start", WithoutInput(start)));
        transaction.Put(execution, Events.ExecutionStarted(Instant.ToTimestamp(now.UtcTicks), start), startAt.UtcTicks, now);
        transaction.Moved.Add(id);
        return true;
    }

    /// <summary>Deletes all that is stored about an instance.</summary>
    public static void Remove(this Transaction transaction, string id)
    {
        if (transaction.Scalar<long?>("SELECT execution FROM Instances WHERE id = @id", ("@id", id)) is not { } execution)
            return;
        transaction.Execute("DELETE FROM History WHERE execution = @execution", ("@execution", execution));
        transaction.Execute("DELETE FROM NewEvents WHERE execution = @execution", ("@execution", execution));
        transaction.Execute("DELETE FROM NewTasks WHERE id = @id", ("@id", id));
        transaction.Execute("DELETE FROM Instances WHERE execution = @execution", ("@execution", execution));
        transaction.Moved.Add(id);
    }

    /// <summary>The start as it is kept beside the input.</summary>
    private static byte[] WithoutInput(ExecutionStartedEvent start)
    {
        var input = start.Input;
        start.Input = null;
        var bytes = start.ToByteArray();
        start.Input = input;
        return bytes;
    }
}
