namespace Microsoft.DurableTask;

/// <summary>A list that is fetched page by page while it is read.</summary>
/// <typeparam name="T">What it lists.</typeparam>
public abstract class AsyncPageable<T> : IAsyncEnumerable<T>
    where T : notnull
{
    /// <summary>The pages.</summary>
    /// <param name="continuationToken">Where to begin; <c>null</c> for the start.</param>
    /// <param name="pageSizeHint">The wished size of a page.</param>
    public abstract IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null);

    /// <inheritdoc/>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (var page in AsPages().WithCancellation(cancellationToken))
        {
            foreach (var value in page.Values)
                yield return value;
        }
    }
}
