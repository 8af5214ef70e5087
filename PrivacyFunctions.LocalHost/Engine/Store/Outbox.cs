using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// Puts messages to instances into the database, within the caller's transaction. Only an unfinished instance has
/// messages: one that has finished, is unknown, or runs another execution than the one meant drops them here.
/// </summary>
internal static class Outbox
{
    /// <summary>A message to an execution that is known to be alive.</summary>
    public static void Put(this Transaction transaction, long execution, HistoryEvent message, long visibleAt, DateTimeOffset now)
    {
        var later = visibleAt > now.UtcTicks;
        transaction.Execute(
            "INSERT INTO NewEvents (execution, visibleAt, seq, later, event) VALUES (@execution, @visibleAt, @seq, @later, @event)",
            ("@execution", execution),
            ("@visibleAt", visibleAt),
            ("@seq", transaction.Numbers.NextSeq()),
            ("@later", later ? 1 : 0),
            ("@event", message.ToByteArray()));
        if (later)
            transaction.NoteLater(visibleAt);
        else
            transaction.Woken.Add(execution);
    }

    /// <summary>Answers one execution; dropped when it is gone.</summary>
    public static void Reply(this Transaction transaction, long execution, HistoryEvent message, DateTimeOffset now)
    {
        if (transaction.Scalar<long?>(
            $"SELECT 1 FROM Instances WHERE execution = @execution AND {InstanceStatus.IsUnfinished}",
            ("@execution", execution)) is not null)
        {
            transaction.Put(execution, message, now.UtcTicks, now);
        }
    }

    /// <summary>Raises an event in whichever execution of the instance is alive.</summary>
    public static void Raise(this Transaction transaction, string id, HistoryEvent raised, DateTimeOffset now)
    {
        var alive = transaction.Query(
            $"SELECT execution, turns FROM Instances WHERE id = @id AND {InstanceStatus.IsUnfinished}",
            row => (Execution: row.GetInt64(0), Turns: row.GetInt64(1)),
            ("@id", id));
        foreach (var (execution, turns) in alive)
        {
            // An event never comes before the start, and one to an instance that is to start later must not start it now.
            var start = turns > 0 ? null : transaction.Scalar<long?>(
                "SELECT min(visibleAt) FROM NewEvents WHERE execution = @execution", ("@execution", execution));
            transaction.Put(execution, raised, Math.Max(now.UtcTicks, start ?? 0), now);
        }
    }
}
