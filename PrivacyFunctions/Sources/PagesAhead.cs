using System.Runtime.CompilerServices;
using Azure;

namespace PrivacyFunctions.Sources;

/// <summary>Reads a store's next page while the last one is worked on: one page ahead, never more.</summary>
internal static class PagesAhead
{
    /// <summary>All items, in order.</summary>
    /// <param name="open">Opens the pages; its token stops the page that nobody waits for any more.</param>
    /// <param name="most">How many items are wanted, about: nothing is read ahead beyond them.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Func<CancellationToken, AsyncPageable<T>> open, long most, [EnumeratorCancellation] CancellationToken cancellation)
        where T : notnull
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var pages = open(stop.Token).AsPages().GetAsyncEnumerator(stop.Token);
        Task<bool>? next = null;
        try
        {
            for (var read = 0L; await (next ?? pages.MoveNextAsync().AsTask());)
            {
                var page = pages.Current;
                (next, read) = (null, read + page.Values.Count);
                var isFirst = true;
                foreach (var item in page.Values)
                {
                    // Whoever looks at one item alone has no use for a second page.
                    if (!isFirst && next is null && read < most && page.ContinuationToken is not null) next = pages.MoveNextAsync().AsTask();
                    isFirst = false;
                    yield return item;
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            if (next is not null) await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // it is not wanted any more
        }
    }
}
