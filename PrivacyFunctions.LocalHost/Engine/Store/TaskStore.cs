namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>An activity to run.</summary>
internal sealed record PendingTask(long Seq, long Execution, string InstanceId, int TaskId, string Name, string? Input);

/// <summary>Gives out activities and takes their results.</summary>
internal sealed class TaskStore(Database database)
{
    /// <summary>All that are to run: what a start begins with.</summary>
    public IReadOnlyList<long> All() => database.Read(connection =>
        connection.Query("SELECT seq FROM NewTasks ORDER BY seq", row => row.GetInt64(0)));

    /// <returns><c>null</c> when it is gone: done, or purged with its instance.</returns>
    public PendingTask? Find(long seq) => database.Read(connection => connection.Query(
        "SELECT execution, id, task, name, input FROM NewTasks WHERE seq = @seq",
        row => new PendingTask(
            seq, row.GetInt64(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4)),
        ("@seq", seq)).SingleOrDefault());

    /// <summary>Deletes the activity and sends its result, in one transaction.
    /// An execution that is gone drops the result.</summary>
    /// <returns><c>false</c>, and nothing done, when the activity is gone.</returns>
    public bool Complete(PendingTask task, ActivityOutcome outcome, DateTimeOffset now) => database.Write(transaction =>
    {
        var deleted = transaction.Execute("DELETE FROM NewTasks WHERE seq = @seq", ("@seq", task.Seq));
        if (deleted == 1)
            transaction.Reply(task.Execution, Events.TaskEnded(Instant.ToTimestamp(now.UtcTicks), task.TaskId, outcome), now);
        return deleted == 1;
    });
}
