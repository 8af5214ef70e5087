using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.Storage;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.LocalHost.Runtime;

/// <summary>Runs activities: at least once, since a crash before the commit repeats one.</summary>
internal sealed class ActivityWorker(
    TaskStore store, IDurableFunctions functions, TimeProvider time, TimeSpan leaseLength, ILoggerFactory loggers)
    : IWorker<long, TaskLease>
{
    private readonly ILogger _logger = loggers.CreateLogger<ActivityWorker>();

    public long KeyOf(TaskLease lease) => lease.Seq;

    public IReadOnlyList<TaskLease> Lease(int limit, IReadOnlyCollection<long> running, DateTimeOffset now) =>
        store.Lease(limit, running, now, leaseLength);

    public DateTimeOffset? NextWake(IReadOnlyCollection<long> running, DateTimeOffset now) => store.NextWake(running, now);

    public async Task RunAsync(TaskLease lease, CancellationToken stopping)
    {
        HistoryEvent result;
        try
        {
            result = new TaskCompleted(lease.Task.Id, await CallAsync(lease, stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            store.Release(lease);
            return;
        }
        catch (Exception failure)
        {
            // The message is stored with the instance; the log gets ids, names and the type only.
            _logger.LogWarning(
                "Activity {Activity} of instance {InstanceId} failed: {Exception}.",
                lease.Task.Name,
                lease.InstanceId,
                failure.GetType());
            result = new TaskFailed(lease.Task.Id, failure.Message);
        }

        if (!store.Complete(lease, result, time.GetUtcNow()))
            _logger.LogDebug("A result of activity {Activity} was dropped: its lease had gone.", lease.Task.Name);
    }

    private async Task<string?> CallAsync(TaskLease lease, CancellationToken stopping)
    {
        var activity = functions.FindActivity(lease.Task.Name)
            ?? throw new InvalidOperationException($"There is no activity named '{lease.Task.Name}'.");
        var call = new ActivityCall(lease.InstanceId, lease.Task.Name, lease.Task.Input);
        return DurableJson.Converter.Serialize(await activity(call, stopping));
    }
}
