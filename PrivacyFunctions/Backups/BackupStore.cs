using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Backups;

/// <summary>A table or container that is copied, whichever data sets lie in it.</summary>
/// <param name="Name">
/// <c>{system}.{table|blob}.{name}</c>: two systems may each have a store of the same name. None of the parts holds a dot.
/// </param>
/// <param name="Set">One of the data sets that lie in it, by which its storage is opened.</param>
internal sealed record BackupStore(string Name, DataSet Set)
{
    private const string BackupSystem = "backup"; // one of our own, which every map has

    /// <summary>
    /// The company's active data: every store of the map once, but neither the backups themselves nor our own records, which
    /// prove what was erased and must not be turned back by a restore.
    /// </summary>
    public static IReadOnlyList<BackupStore> AllOf(DataMapRegister map) =>
    [
        .. map.OfCompany.Select(Of).DistinctBy(store => store.Name),
    ];

    /// <summary>The store in which a data set lies.</summary>
    public static BackupStore Of(DataSet set) =>
        new($"{set.System}.{set.Store.Match(table => "table", blobs => "blob")}.{set.Store.Name}", set);

    /// <summary>The data set whose container the backups lie in.</summary>
    public static DataSet BackupsOf(DataMapRegister map) => map.DataSets.Single(set => set.System.Value == BackupSystem);
}
