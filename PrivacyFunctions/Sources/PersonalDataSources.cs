using System.Collections.Frozen;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>The adapters, one for each kind of store: exports any set of the map.</summary>
internal sealed class PersonalDataSources(IEnumerable<IPersonalDataSource> adapters)
{
    private readonly FrozenDictionary<StoreKind, IPersonalDataSource> byStore =
        adapters.ToFrozenDictionary(adapter => adapter.Store);

    /// <inheritdoc cref="IPersonalDataSource.ExportAsync"/>
    public IAsyncEnumerable<PersonalRecord> ExportAsync(DataSet set, SubjectKeys subject, CancellationToken cancellation) =>
        byStore[set.Store.Kind].ExportAsync(set, subject, cancellation);
}
