using Microsoft.Extensions.Logging;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>Runs activities: at least once, since a crash before the commit repeats one.</summary>
internal sealed class ActivityWorker(TaskStore store, IDurableWorker worker, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<ActivityWorker>();

    /// <summary>Runs the activity and commits its result, if it is still to run.</summary>
    public async Task RunAsync(long seq, CancellationToken stopping)
    {
        if (store.Find(seq) is not { } task)
            return;
        var outcome = await worker.RunActivityAsync(new(task.InstanceId, task.Name, task.Input), stopping);

        // The message is stored with the instance; the log gets ids and names only.
        if (outcome is ActivityOutcome.Failed)
            _logger.LogWarning("Activity {Activity} of instance {InstanceId} failed.", task.Name, task.InstanceId);
        if (!store.Complete(task, outcome, time.GetUtcNow()))
            _logger.LogDebug("A result of activity {Activity} was dropped: its instance was purged.", task.Name);
    }
}
