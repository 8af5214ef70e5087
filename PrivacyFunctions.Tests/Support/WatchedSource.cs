using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Tests.Support;

/// <summary>An adapter of which a test sees what is asked of it.</summary>
internal sealed class WatchedSource(IPersonalDataSource inner) : IPersonalDataSource
{
    private int _exported;

    public StoreKind Store => inner.Store;

    /// <summary>How many records were read.</summary>
    public int Exported => _exported;

    /// <summary>How many items each erasure was to destroy.</summary>
    public ConcurrentQueue<int> Erasures { get; } = [];

    /// <summary>What happens while the first of them is under way.</summary>
    public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

    public async IAsyncEnumerable<PersonalRecord> ExportAsync(Reach reach, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var record in inner.ExportAsync(reach, cancellation))
        {
            Interlocked.Increment(ref _exported);
            yield return record;
        }
    }

    public IAsyncEnumerable<FoundItem> FindAsync(Reach reach, CancellationToken cancellation) => inner.FindAsync(reach, cancellation);

    public async Task<int> EraseAsync(Reach reach, IReadOnlyList<ItemKey> items, CancellationToken cancellation)
    {
        Erasures.Enqueue(items.Count);
        if (Erasures.Count == 1) await Meanwhile();
        return await inner.EraseAsync(reach, items, cancellation);
    }

    public Task<int> AnonymiseAsync(Reach reach, IReadOnlyList<ItemKey> items, byte[] salt, CancellationToken cancellation) =>
        inner.AnonymiseAsync(reach, items, salt, cancellation);
}
