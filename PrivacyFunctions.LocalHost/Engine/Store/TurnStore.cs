using Microsoft.DurableTask.Protobuf;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>A message that a turn reads, and the key of its row.</summary>
internal sealed record ReadMessage(long VisibleAt, long Seq, HistoryEvent Event);

/// <summary>What a turn starts from.</summary>
/// <param name="Execution">The execution, and with <paramref name="Number"/> the right to commit: of two who try, one does.</param>
/// <param name="Number">How many turns of it are committed.</param>
/// <param name="Messages">What has come due, in the order of due instants; deleted by the commit, and only these.</param>
internal sealed record Turn(
    long Execution, int Number, string InstanceId, string ExecutionId, string Name, IReadOnlyList<ReadMessage> Messages);

/// <summary>Loads what turns need, and commits what they decided.</summary>
internal sealed class TurnStore(Database database, TurnCommit commit)
{
    /// <returns><c>null</c> when there is nothing to do: finished, suspended, gone, or nothing to read.</returns>
    public Turn? Load(long execution, DateTimeOffset now) => database.Read(connection =>
    {
        var found = connection.Query(
            $"""
            SELECT turns, id, executionId, name FROM Instances
            WHERE execution = @execution AND suspended = 0 AND {InstanceStatus.IsUnfinished}
            """,
            row => (Number: row.GetInt32(0), Id: row.GetString(1), ExecutionId: row.GetString(2), Name: row.GetString(3)),
            ("@execution", execution));
        if (found is not [var (number, id, executionId, name)])
            return null;
        // One that was sent for now is read also when the clock shows less than it did then: nobody would look again.
        var messages = connection.Query(
            """
            SELECT visibleAt, seq, event FROM NewEvents
            WHERE execution = @execution AND (later = 0 OR visibleAt <= @now) ORDER BY visibleAt, seq
            """,
            row => new ReadMessage(
                row.GetInt64(0), row.GetInt64(1), HistoryEvent.Parser.ParseFrom(row.GetFieldValue<byte[]>(2))),
            ("@execution", execution), ("@now", now.UtcTicks));
        return messages.Count == 0 ? null : new Turn(execution, number, id, executionId, name, messages);
    });

    /// <summary>The history of an execution.</summary>
    public IReadOnlyList<HistoryEvent> ReadHistory(long execution) => database.Read(connection => connection
        .Query(
            "SELECT events FROM History WHERE execution = @execution ORDER BY turn",
            row => HistoryChunk.Parser.ParseFrom(row.GetFieldValue<byte[]>(0)),
            ("@execution", execution))
        .SelectMany(turn => turn.Events).ToList());

    /// <summary>The history of an instance's present execution, empty when there is none.</summary>
    public IReadOnlyList<HistoryEvent> ReadHistory(string id) =>
        database.Read(connection =>
            connection.Scalar<long?>("SELECT execution FROM Instances WHERE id = @id", ("@id", id))) is { } execution
            ? ReadHistory(execution)
            : [];

    /// <summary>Commits a turn as one transaction.</summary>
    /// <param name="startedAt">Its start, which is the orchestrator's clock.</param>
    /// <returns><c>false</c>, and nothing done, when the execution has ended or is a turn further.</returns>
    public bool Commit(Turn turn, DateTimeOffset startedAt, OrchestratorResponse response, DateTimeOffset now) =>
        database.Write(transaction => commit.TryApply(transaction, turn, startedAt, response, now));
}
