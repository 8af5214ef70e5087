namespace Microsoft.DurableTask.Client;

/// <summary>Where an instance stands.</summary>
public enum OrchestrationRuntimeStatus
{
    /// <summary>Its first turn has run and it is not finished.</summary>
    Running,

    /// <summary>Finished with an output.</summary>
    Completed,

    /// <summary>Kept for compatibility; no instance is ever seen so.</summary>
    ContinuedAsNew,

    /// <summary>Finished with an unhandled exception.</summary>
    Failed,

    /// <summary>Kept for compatibility; no instance is ever seen so.</summary>
    Canceled,

    /// <summary>Ended from outside.</summary>
    Terminated,

    /// <summary>Scheduled; its first turn has not run.</summary>
    Pending,

    /// <summary>Halted from outside until it is resumed.</summary>
    Suspended,
}
