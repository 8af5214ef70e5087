using System.IO.Compression;
using System.Text.Json;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Accounts;

/// <summary>One go of the copy of an account's data: pages of data sets, until its size is used up.</summary>
internal sealed class ServicePart(PersonalDataSources sources, AccountKeys keys, PartSize size, DateTimeOffset began)
{
    private static readonly byte[] EndOfLine = "\n"u8.ToArray();

    private int _records = size.Records;
    private long _bytes = size.Bytes;

    private bool IsFull => _records <= 0 || _bytes <= 0;

    public async Task<ServicePlace> WriteAsync(
        ZipArchive zip, List<DataSet> sets, ServicePlace place, CancellationToken cancellation)
    {
        while (place.Set is not null && !IsFull)
        {
            var at = sets.TakeWhile(set => set.Id.Value != place.Set).Count();
            place = await WritePageAsync(zip, sets[at], place, cancellation);
            if (place.Set is null) place = place.At(sets.ElementAtOrDefault(at + 1));
        }

        return place;
    }

    // A ZIP takes one entry after the other, so a page is read once for each kind of entry.
    private async Task<ServicePlace> WritePageAsync(ZipArchive zip, DataSet set, ServicePlace place, CancellationToken cancellation)
    {
        var records = sources.ExportAsync(set, keys, place.After is { } after ? ItemKey.Parse(after) : null, cancellation);
        if (place.Number > 1 && !await records.AnyAsync(cancellation)) return place with { Set = null };
        var name = place.Number > 1 ? $"{set.Id}-{place.Number}" : set.Id.Value;

        var (page, isEnd) = await WriteLinesAsync(zip, name, set, records, place.Files, cancellation);
        await using (var csv = await OpenAsync(zip, $"{name}.csv", cancellation))
            await RecordsCsv.WriteAsync(csv, set, Of(page, records).Select(Row), cancellation);
        var files = await WriteFilesAsync(zip, set, Of(page, records), place.Files, cancellation);

        var next = place with { Records = place.Records + page.Count };
        return isEnd ? next with { Set = null } : next with { Number = place.Number + 1, After = page[^1].Value, Files = files };
    }

    private async Task<(List<ItemKey> Page, bool IsEnd)> WriteLinesAsync(
        ZipArchive zip, string name, DataSet set, IAsyncEnumerable<PersonalRecord> records, int files,
        CancellationToken cancellation)
    {
        var page = new List<ItemKey>();
        await using var lines = await OpenAsync(zip, $"{name}.jsonl", cancellation);
        await foreach (var record in records.WithCancellation(cancellation))
        {
            if (IsFull) return (page, IsEnd: false);
            var line = JsonSerializer.SerializeToUtf8Bytes(
                new Line(record.Key, record.Values, [.. record.Files.Select(file => EntryOf(set, file, files++))]),
                PackageJson.Options);
            await lines.WriteAsync(line, cancellation);
            await lines.WriteAsync(EndOfLine, cancellation);
            page.Add(record.Place);
            _records -= 1 + record.Files.Count;
            _bytes -= line.Length + record.Files.Sum(file => file.Length);
        }

        return (page, IsEnd: true);
    }

    private async Task<int> WriteFilesAsync(
        ZipArchive zip, DataSet set, IAsyncEnumerable<PersonalRecord> page, int files, CancellationToken cancellation)
    {
        await foreach (var record in page.WithCancellation(cancellation))
            foreach (var file in record.Files)
            {
                await using var entry = await OpenAsync(zip, EntryOf(set, file, files++), cancellation);
                await using var content = await file.OpenAsync(cancellation);
                await content.CopyToAsync(entry, cancellation);
            }

        return files;
    }

    // The same records again, however the store puts them in order.
    private static async IAsyncEnumerable<PersonalRecord> Of(List<ItemKey> page, IAsyncEnumerable<PersonalRecord> records)
    {
        var left = page.ToHashSet();
        if (left.Count == 0) yield break;
        await foreach (var record in records)
        {
            if (left.Remove(record.Place)) yield return record;
            if (left.Count == 0) yield break;
        }
    }

    private static ExportedRow Row(PersonalRecord record) =>
        new(record.Key, record.Values, record.Files.Select(file => file.Name));

    private static string EntryOf(DataSet set, PersonalFile file, int number) =>
        $"files/{set.Id}/{SafePath.Of(file.Name, number)}";

    private async Task<Stream> OpenAsync(ZipArchive zip, string name, CancellationToken cancellation)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = began;
        return await entry.OpenAsync(cancellation);
    }

    /// <summary>A record in the file for programs.</summary>
    /// <param name="Record">Names it within its data set.</param>
    /// <param name="Fields">All that is stored, but what is not exported.</param>
    /// <param name="Files">The package's entries that belong to it.</param>
    private sealed record Line(string Record, IReadOnlyDictionary<string, JsonElement> Fields, IReadOnlyList<string> Files);
}

/// <summary>Where a go begins.</summary>
/// <param name="Set">The data set; null when all are written.</param>
/// <param name="Number">Which of the set's pages comes next, from 1.</param>
/// <param name="After">The last record that was written of the set; null when none was.</param>
/// <param name="Files">How many of the set's files were written.</param>
/// <param name="Records">How many records of all sets were written.</param>
internal sealed record ServicePlace(string? Set, int Number, string? After, int Files, long Records)
{
    public static ServicePlace Start(List<DataSet> sets) => new ServicePlace(null, 1, null, 0, 0).At(sets.Count > 0 ? sets[0] : null);

    public bool IsIn(IEnumerable<DataSet> sets) => Set is null || sets.Any(set => set.Id.Value == Set);

    public ServicePlace At(DataSet? set) => new(set?.Id.Value, 1, null, 0, Records);
}
