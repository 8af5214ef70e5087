using PrivacyFunctions.Backups;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.LocalHost.Sample;

/// <summary>
/// Four backups, none older than 28 days, of what lived at their births: as the app itself would have written them, so that
/// it deletes them on their dates and finds accounts in them.
/// </summary>
internal static class BackupSample
{
    public const string Container = "backups";

    private static readonly int[] AgesInDays = [23, 16, 9, 2];
    private static readonly TimeSpan Night = TimeSpan.FromHours(1);

    public static IEnumerable<SampleBlob> Of(SampleData data)
    {
        var stores = BackupStore.AllOf(DataMapRegister.LoadEmbedded());
        return [.. AgesInDays.SelectMany(age => Copy(data, stores, data.Midnight.AddDays(-age) + Night))];
    }

    private static IEnumerable<SampleBlob> Copy(SampleData data, IReadOnlyList<BackupStore> stores, DateTimeOffset born)
    {
        var chunks = stores.SelectMany(store => ChunksOf(data, store, born)).ToList();
        var night = BackupLayout.DateOf(born);
        foreach (var (chunk, bytes) in chunks)
            yield return Blob(BackupLayout.Folder(night) + chunk.Name, bytes);
        var manifest = BackupManifest.Of(born, [.. chunks.Select(filled => filled.Chunk)]);
        yield return Blob(BackupLayout.Manifest(night), manifest.Write());

        SampleBlob Blob(string name, BinaryData content) => new(Container, name, "application/octet-stream", born, content, Holders: []);
    }

    private static IEnumerable<FilledChunk> ChunksOf(SampleData data, BackupStore store, DateTimeOffset born)
    {
        var name = store.Set.Store.Name;
        return store.Set.Store.Match(
            table => Fill(
                store,
                data.Rows.Where(row => row.Table == name && row.Born < born)
                    .OrderBy(row => new BackupKey(row.PartitionKey, row.RowKey)),
                (chunk, row) => chunk.Add(row.ToEntity())),
            blobs => Fill(
                store,
                data.Blobs.Where(blob => blob.Container == name && blob.Born < born)
                    .OrderBy(blob => blob.Name, StringComparer.Ordinal),
                (chunk, blob) => chunk.Add(new FileLine(
                    blob.Name, blob.ContentType, new Dictionary<string, string>(), blob.Content.ToArray()))));
    }

    private static IEnumerable<FilledChunk> Fill<T>(BackupStore store, IEnumerable<T> items, Action<ChunkBuffer, T> add) =>
        items.Chunk(ChunkBuffer.MostRows).Select((part, number) =>
        {
            using var chunk = new ChunkBuffer();
            foreach (var item in part)
                add(chunk, item);
            return chunk.Close(store.Name, number);
        });
}
