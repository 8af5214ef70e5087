using System.Collections.Frozen;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>
/// The adapters, one for each kind of store: exports, finds, erases and anonymises the part of any set of the map that
/// belongs to a person or an account. Every call throws <see cref="InvalidOperationException"/> for keys that do not reach
/// the set (see <see cref="Reach"/>), before any store is asked.
/// </summary>
internal sealed class PersonalDataSources(IEnumerable<IPersonalDataSource> adapters)
{
    /// <summary>How many items are destroyed together at most: small enough to be done again after a crash.</summary>
    public const int LargestBatch = 100;

    private const int BatchesAtOnce = 4; // of one partition, for which a store does about 2,000 a second; no more than Bounded begins at once

    private const int ShortestSalt = 16; // bytes: 128 bits, beyond guessing

    private readonly FrozenDictionary<StoreKind, IPersonalDataSource> byStore =
        adapters.ToFrozenDictionary(adapter => adapter.Store);

    /// <inheritdoc cref="IPersonalDataSource.ExportAsync"/>
    public IAsyncEnumerable<PersonalRecord> ExportAsync(DataSet set, DataKeys keys, CancellationToken cancellation) =>
        Adapter(set).ExportAsync(Reach.Of(set, keys), cancellation);

    /// <inheritdoc cref="IPersonalDataSource.ExportAsync"/>
    /// <param name="after">The last record that is not needed any more; null to begin with the first.</param>
    /// <param name="most">How many records are wanted, about: what comes after them is not read ahead.</param>
    public IAsyncEnumerable<PersonalRecord> ExportAsync(
        DataSet set, AccountKeys keys, ItemKey? after, long most, CancellationToken cancellation) =>
        Adapter(set).ExportAsync(Reach.Of(set, keys) with { After = after, Most = most }, cancellation);

    /// <inheritdoc cref="IPersonalDataSource.FindAsync"/>
    public IAsyncEnumerable<FoundItem> FindAsync(DataSet set, DataKeys keys, CancellationToken cancellation) =>
        Adapter(set).FindAsync(Reach.Of(set, keys), cancellation);

    /// <inheritdoc cref="IPersonalDataSource.CorrectAsync"/>
    /// <exception cref="ArgumentException">The map does not say that people may correct the field.</exception>
    public Task<CorrectedRecords> CorrectAsync(
        DataSet set, DataKeys keys, FieldCorrection correction, CancellationToken cancellation) =>
        set.Fields.Any(field => field.Name == correction.Field && set.MayBeCorrected(field))
            ? Adapter(set).CorrectAsync(Reach.Of(set, keys), correction, cancellation)
            : throw new ArgumentException($"The field is none of the data set '{set.Id}' that is corrected.", nameof(correction));

    /// <summary>
    /// How many items one call of <see cref="EraseAsync"/> takes at most: as many batches as are begun side by side at once, so that
    /// whoever looks for a hold before the call has looked before each of them. Where the store has no batches it is one.
    /// </summary>
    public static int LargestErasure(DataSet set, DataKeys keys) =>
        set.Store.Match(table => Reach.Of(set, keys).Find is Find.Partition, blobs => false) ? BatchesAtOnce * LargestBatch : LargestBatch;

    /// <inheritdoc cref="IPersonalDataSource.EraseAsync"/>
    /// <param name="items">At most <see cref="LargestErasure"/>.</param>
    public async Task<int> EraseAsync(
        DataSet set, DataKeys keys, IReadOnlyList<ItemKey> items, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(items.Count, LargestErasure(set, keys), nameof(items));
        var erased = await Adapter(set).EraseAsync(Reach.Of(set, keys), items, cancellation);
        Deletions.Count(set.Id.Value, erased);
        return erased;
    }

    /// <inheritdoc cref="IPersonalDataSource.AnonymiseAsync"/>
    /// <param name="items">At most <see cref="LargestBatch"/>.</param>
    /// <param name="salt">16 random bytes at least, the same for all items of a person.</param>
    public async Task<int> AnonymiseAsync(
        DataSet set, DataKeys keys, IReadOnlyList<ItemKey> items, byte[] salt, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(items.Count, LargestBatch, nameof(items));
        ArgumentOutOfRangeException.ThrowIfLessThan(salt.Length, ShortestSalt, nameof(salt));
        if (set.Erasure.Action is not ErasureAction.Anonymise)
            throw new InvalidOperationException($"The map does not say what anonymising '{set.Id}' would clear.");
        var anonymised = await Adapter(set).AnonymiseAsync(Reach.Of(set, keys), items, salt, cancellation);
        Deletions.Count(set.Id.Value, anonymised);
        return anonymised;
    }

    private IPersonalDataSource Adapter(DataSet set) => byStore[set.Store.Kind];
}
