namespace Microsoft.DurableTask.Client;

/// <summary>What a purge did.</summary>
public class PurgeResult
{
    /// <summary>A result of a runtime that does not say whether all is done.</summary>
    public PurgeResult(int count)
        : this(count, null)
    {
    }

    /// <summary>A result.</summary>
    public PurgeResult(int count, bool? isComplete)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        PurgedInstanceCount = count;
        IsComplete = isComplete;
    }

    /// <summary>Instances purged, sub-orchestrations included.</summary>
    public int PurgedInstanceCount { get; }

    /// <summary>Whether nothing is left to purge; <c>null</c> when the runtime does not say.</summary>
    public bool? IsComplete { get; }
}
