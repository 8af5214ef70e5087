using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.LocalHost.Engine;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.LocalHost.Storage;

/// <summary>An instance that is to run.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its orchestrator.</param>
/// <param name="Version">Its version, empty for none.</param>
/// <param name="Input">Its input in JSON.</param>
/// <param name="StartAt">When its first turn is due.</param>
/// <param name="Caller">Who awaits it, if it is a sub-orchestration.</param>
internal sealed record NewInstance(string Id, string Name, string Version, string? Input, DateTimeOffset StartAt, Caller? Caller);

/// <summary>Creates instances, within the caller's transaction.</summary>
internal static class InstanceStarts
{
    /// <summary>Creates the row and the start message. A finished instance of that id is replaced with all that it had.</summary>
    /// <returns><c>false</c>, and nothing done, when one of that id is unfinished.</returns>
    public static bool TryStart(this SqliteTransaction transaction, NewInstance instance, DateTimeOffset now)
    {
        var status = transaction.Scalar<int?>(
            "SELECT status FROM Instances WHERE id = @Id", new { instance.Id });
        if (status is not null && !((OrchestrationRuntimeStatus)status).IsTerminal())
            return false;
        if (status is not null)
            transaction.Remove(instance.Id);

        var executionId = Guid.NewGuid().ToString("N");
        transaction.Execute(
            $"""
            INSERT INTO Instances (id, executionId, name, version, status, created, updated, input, parent)
            VALUES (@Id, @executionId, @Name, @Version, {InstanceStatus.Pending}, @now, @now, @Input, @parent)
            """,
            new
            {
                instance.Id,
                executionId,
                instance.Name,
                instance.Version,
                now = now.UtcTicks,
                instance.Input,
                parent = instance.Caller?.InstanceId,
            });
        transaction.Send(
            instance.Id,
            executionId,
            new ExecutionStarted(executionId, instance.Name, instance.Version, instance.Input, instance.Caller),
            instance.StartAt);
        return true;
    }

    /// <summary>Deletes all that is stored about an instance.</summary>
    public static void Remove(this SqliteTransaction transaction, string id)
    {
        foreach (var table in (string[])["Instances", "History", "NewEvents", "NewTasks"])
            transaction.Execute($"DELETE FROM {table} WHERE id = @id", new { id });
    }
}
