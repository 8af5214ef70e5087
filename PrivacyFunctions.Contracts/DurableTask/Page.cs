namespace Microsoft.DurableTask;

/// <summary>One page of a longer answer.</summary>
/// <typeparam name="T">What the answer lists.</typeparam>
public sealed class Page<T>
    where T : notnull
{
    /// <summary>A page; without a token it is the last one.</summary>
    public Page(IReadOnlyList<T> values, string? continuationToken = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        Values = values;
        ContinuationToken = continuationToken;
    }

    /// <summary>What this page lists.</summary>
    public IReadOnlyList<T> Values { get; }

    /// <summary>Where the next page begins; <c>null</c> on the last one.</summary>
    public string? ContinuationToken { get; }
}
