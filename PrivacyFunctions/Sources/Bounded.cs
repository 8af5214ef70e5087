namespace PrivacyFunctions.Sources;

/// <summary>Does one thing to many items, a few at a time, so that a batch is quick and no store is flooded.</summary>
internal static class Bounded
{
    private const int AtOnce = 8;

    /// <returns>For how many items it was done just now.</returns>
    public static async Task<int> CountAsync<T>(
        IEnumerable<T> items, Func<T, CancellationToken, Task<bool>> act, CancellationToken cancellation)
    {
        var done = 0;
        await Parallel.ForEachAsync(items, AFew(cancellation), async (item, stop) =>
        {
            if (await act(item, stop))
                Interlocked.Increment(ref done);
        });
        return done;
    }

    /// <returns>What each item gave, in the items' order.</returns>
    public static async Task<IReadOnlyList<TResult>> SelectAsync<T, TResult>(
        IReadOnlyList<T> items, Func<T, CancellationToken, Task<TResult>> ask, CancellationToken cancellation)
    {
        var results = new TResult[items.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, items.Count), AFew(cancellation), async (index, stop) =>
            results[index] = await ask(items[index], stop));
        return results;
    }

    private static ParallelOptions AFew(CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
}
