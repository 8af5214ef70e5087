namespace Microsoft.DurableTask;

/// <summary>An activity or a sub-orchestration failed with an unhandled exception, after its retries if it had any.</summary>
public sealed class TaskFailedException : Exception
{
    /// <summary>A failure known by its exception.</summary>
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : base(Describe(taskName, taskId, innerException?.Message), innerException)
    {
        ArgumentNullException.ThrowIfNull(innerException);
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = TaskFailureDetails.FromException(innerException);
    }

    /// <summary>A failure known by its stored details.</summary>
    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : base(Describe(taskName, taskId, failureDetails?.ErrorMessage))
    {
        ArgumentNullException.ThrowIfNull(failureDetails);
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = failureDetails;
    }

    /// <summary>The failed activity's or sub-orchestrator's name.</summary>
    public string TaskName { get; }

    /// <summary>The sequence id of the call in its orchestration.</summary>
    public int TaskId { get; }

    /// <summary>What is known about the failure. The exception's type does not survive the Functions host.</summary>
    public TaskFailureDetails FailureDetails { get; }

    private static string Describe(string name, int id, string? message) =>
        $"Task '{name}' (#{id}) failed with an unhandled exception" + (message is null ? "." : $": {message}");
}
