using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Tests.Support;

/// <summary>An adapter of which a test sees what is asked of it.</summary>
internal sealed class WatchedSource(IPersonalDataSource inner) : IPersonalDataSource
{
    private int _exported;
    private int _scans;

    public StoreKind Store => inner.Store;

    /// <summary>How many records were read.</summary>
    public int Exported => _exported;

    /// <summary>How often a store was looked through for what is found by no key.</summary>
    public int Scans => _scans;

    /// <summary>How many items each erasure was to destroy.</summary>
    public ConcurrentQueue<int> Erasures { get; } = [];

    /// <summary>What happens while the first of them is under way.</summary>
    public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

    /// <summary>What happens when one of them is over.</summary>
    public Func<Task> After { get; set; } = () => Task.CompletedTask;

    public async IAsyncEnumerable<PersonalRecord> ExportAsync(Reach reach, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (reach.Find is Find.Scan) Interlocked.Increment(ref _scans);
        await foreach (var record in inner.ExportAsync(reach, cancellation))
        {
            Interlocked.Increment(ref _exported);
            yield return record;
        }
    }

    /// <summary>What happens once, while items are searched for.</summary>
    public Func<Task>? WhileSearching { get; set; }

    public async IAsyncEnumerable<FoundItem> FindAsync(Reach reach, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (WhileSearching is { } act)
        {
            WhileSearching = null;
            await act();
        }

        await foreach (var item in inner.FindAsync(reach, cancellation)) yield return item;
    }

    public Task<CorrectedRecords> CorrectAsync(Reach reach, FieldCorrection correction, CancellationToken cancellation) =>
        inner.CorrectAsync(reach, correction, cancellation);

    public async Task<int> EraseAsync(Reach reach, IReadOnlyList<ItemKey> items, CancellationToken cancellation)
    {
        Erasures.Enqueue(items.Count);
        if (Erasures.Count == 1) await Meanwhile();
        var erased = await inner.EraseAsync(reach, items, cancellation);
        await After();
        return erased;
    }

    public Task<int> AnonymiseAsync(Reach reach, IReadOnlyList<ItemKey> items, byte[] salt, CancellationToken cancellation) =>
        inner.AnonymiseAsync(reach, items, salt, cancellation);
}
