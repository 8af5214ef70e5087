using System.IO.Compression;
using System.Text.Json;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// Writes an account's service data as one ZIP (T-EXPORT): for each data set a CSV for people and a file of JSON lines for
/// programs, and the files as they are; a large set has several of each, which are numbered. Records are whole: what the map does
/// not know is in them, too. Everything streams from store to store, in goes of a bounded size, however large the account.
/// </summary>
internal sealed class ServiceExport(DataMapRegister map, PersonalDataSources sources, ExportFolder folder, PartSize size)
{
    private static readonly byte[] EndOfLine = "\n"u8.ToArray();

    /// <summary>Writes as much of the case's package as one go takes, after what earlier ones wrote.</summary>
    /// <returns>What is in it; null while something is missing.</returns>
    public async Task<PackageContents?> WriteMoreAsync(
        CaseId id, AccountId account, DateTimeOffset began, CancellationToken cancellation)
    {
        var sets = map.PurgedWithAccount.Where(set => set.Role is Role.Processor).ToList();
        var package = await PackageInParts.OpenAsync(folder, id, cancellation);
        if (!package.IsWhole && package.Where<Place>()?.IsIn(sets) is false) package = package.Anew(); // begun with another data map
        var place = package.Where<Place>() ?? Place.Start(sets);
        if (!package.IsWhole)
        {
            if (place.Set is not null || package.Length == 0)
            {
                var part = new Part(sources, new AccountKeys(account), size, began);
                package = await package.AddAsync(zip => part.WriteAsync(zip, sets, place, cancellation), cancellation);
                place = package.Where<Place>()!;
                if (place.Set is not null) return null;
            }

            package = await package.EndAsync(cancellation);
        }

        return new(sets.Count, place.Records, await package.HashAsync(cancellation), package.Length);
    }

    /// <summary>Where a go begins.</summary>
    /// <param name="Set">The data set; null when all are written.</param>
    /// <param name="Number">Which of the set's pages comes next, from 1.</param>
    /// <param name="After">The last record that was written of the set; null when none was.</param>
    /// <param name="Files">How many of the set's files were written.</param>
    /// <param name="Records">How many records of all sets were written.</param>
    private sealed record Place(string? Set, int Number, string? After, int Files, long Records)
    {
        public static Place Start(List<DataSet> sets) => new Place(null, 1, null, 0, 0).At(sets.Count > 0 ? sets[0] : null);

        public bool IsIn(IEnumerable<DataSet> sets) => Set is null || sets.Any(set => set.Id.Value == Set);

        public Place At(DataSet? set) => new(set?.Id.Value, 1, null, 0, Records);
    }

    /// <summary>One go.</summary>
    private sealed class Part(PersonalDataSources sources, AccountKeys keys, PartSize size, DateTimeOffset began)
    {
        private int _records = size.Records;
        private long _bytes = size.Bytes;

        private bool IsFull => _records <= 0 || _bytes <= 0;

        public async Task<Place> WriteAsync(
            ZipArchive zip, List<DataSet> sets, Place place, CancellationToken cancellation)
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
        private async Task<Place> WritePageAsync(ZipArchive zip, DataSet set, Place place, CancellationToken cancellation)
        {
            var records = sources.ExportAsync(set, keys, place.After is { } after ? ItemKey.Parse(after) : null, cancellation);
            if (place.Number > 1 && !await records.AnyAsync(cancellation)) return place with { Set = null };
            var name = place.Number > 1 ? $"{set.Id}-{place.Number}" : set.Id.Value;

            var (count, last, isEnd) = await WriteLinesAsync(zip, name, set, records, place.Files, cancellation);
            var page = records.TakeWhile(record => last is { } end && string.CompareOrdinal(record.Place.Value, end.Value) <= 0);
            await using (var csv = await OpenAsync(zip, $"{name}.csv", cancellation))
                await RecordsCsv.WriteAsync(csv, set, page.Select(record => Row(record)), cancellation);
            var files = await WriteFilesAsync(zip, set, page, place.Files, cancellation);

            var next = place with { Records = place.Records + count };
            return isEnd ? next with { Set = null } : next with { Number = place.Number + 1, After = last!.Value.Value, Files = files };
        }

        private async Task<(long Count, ItemKey? Last, bool IsEnd)> WriteLinesAsync(
            ZipArchive zip, string name, DataSet set, IAsyncEnumerable<PersonalRecord> records, int files,
            CancellationToken cancellation)
        {
            var (count, last) = (0L, (ItemKey?)null);
            await using var lines = await OpenAsync(zip, $"{name}.jsonl", cancellation);
            await foreach (var record in records.WithCancellation(cancellation))
            {
                if (IsFull) return (count, last, IsEnd: false);
                var line = JsonSerializer.SerializeToUtf8Bytes(
                    new Line(record.Key, record.Values, [.. record.Files.Select(file => EntryOf(set, file, files++))]),
                    PackageJson.Options);
                await lines.WriteAsync(line, cancellation);
                await lines.WriteAsync(EndOfLine, cancellation);
                (count, last) = (count + 1, record.Place);
                _records -= 1 + record.Files.Count;
                _bytes -= line.Length + record.Files.Sum(file => file.Length);
            }

            return (count, last, IsEnd: true);
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
    }

    /// <summary>A record in the file for programs.</summary>
    /// <param name="Record">Names it within its data set.</param>
    /// <param name="Fields">All that is stored, but what is not exported.</param>
    /// <param name="Files">The package's entries that belong to it.</param>
    private sealed record Line(string Record, IReadOnlyDictionary<string, JsonElement> Fields, IReadOnlyList<string> Files);
}

/// <summary>How much one go writes, about: far less than the host's time limit allows, whatever the storage's mood.</summary>
/// <param name="Records">Records and files.</param>
/// <param name="Bytes">Of their content. A single larger file is one go.</param>
internal sealed record PartSize(int Records = 5_000, long Bytes = 1L << 30);
