using System.IO.Compression;
using System.IO.Pipelines;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Terminations;

/// <summary>One go of the copy of an account's data: pages of data sets, until its size is used up.</summary>
internal sealed class ServicePart(PersonalDataSources sources, AccountKeys keys, PartSize size, DateTimeOffset began)
{
    // Borrowed memory; what may wait is bounded by the size of a go.
    private static readonly PipeOptions Waiting = new(pauseWriterThreshold: 0, minimumSegmentSize: 64 * 1024, useSynchronizationContext: false);

    private int _records = size.Records;
    private int _files = size.Files;
    private long _bytes = size.Bytes;
    private int _text = size.Text;

    private bool IsFull => _records <= 0 || _files <= 0 || _bytes <= 0 || _text <= 0;

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

    // A page is read once: a ZIP takes one entry after the other, so its CSV waits in memory for the end of the lines.
    private async Task<ServicePlace> WritePageAsync(ZipArchive zip, DataSet set, ServicePlace place, CancellationToken cancellation)
    {
        var after = place.After is { } last ? ItemKey.Parse(last) : (ItemKey?)null;
        await using var records = sources.ExportAsync(set, keys, after, _records, cancellation).GetAsyncEnumerator(cancellation);
        var isMore = await records.MoveNextAsync();
        if (!isMore && place.Number > 1) return place with { Set = null };
        var name = place.Number > 1 ? $"{set.Id}-{place.Number}" : set.Id.Value;

        var waiting = new Pipe(Waiting);
        var files = new List<(string Entry, PersonalFile File)>();
        var (count, end) = (0, place.After);
        await using (var entry = await OpenAsync(zip, $"{name}.jsonl", cancellation))
        await using (var lines = new JsonLines(entry))
        await using (var csv = await RecordsCsv.BeginAsync(waiting.Writer.AsStream(leaveOpen: true), set, cancellation))
        {
            while (isMore && !IsFull)
            {
                var record = records.Current;
                List<string> entries = [.. record.Files.Select((file, number) => EntryOf(set, file, place.Files + files.Count + number))];
                var length = await lines.WriteAsync(record.Key, record.Values, entries, cancellation);
                await csv.WriteAsync(new(record.Key, record.Values, record.Files.Select(file => file.Name)), cancellation);
                files.AddRange(entries.Zip(record.Files));
                _records--;
                _files -= record.Files.Count;
                _bytes -= length + record.Files.Sum(file => file.Length);
                _text -= length;
                (count, end) = (count + 1, record.Place.Value);
                isMore = !IsFull && await records.MoveNextAsync(); // a look at what comes next would cost a page
            }

            await lines.FlushAsync(cancellation);
        }

        await waiting.Writer.CompleteAsync();
        await using (var csv = await OpenAsync(zip, $"{name}.csv", cancellation))
            await waiting.Reader.CopyToAsync(csv, cancellation);
        await waiting.Reader.CompleteAsync();
        foreach (var (entry, file) in files) await CopyAsync(zip, entry, file, cancellation);

        var next = place with { Records = place.Records + count };
        return IsFull ? next with { Number = place.Number + 1, After = end, Files = place.Files + files.Count } : next with { Set = null };
    }

    private async Task CopyAsync(ZipArchive zip, string name, PersonalFile file, CancellationToken cancellation)
    {
        await using var entry = await OpenAsync(zip, name, cancellation);
        await using var content = await file.OpenAsync(cancellation);
        await content.CopyToAsync(entry, cancellation);
    }

    private static string EntryOf(DataSet set, PersonalFile file, int number) =>
        $"files/{set.Id}/{SafePath.Of(file.Name, number)}";

    private async Task<Stream> OpenAsync(ZipArchive zip, string name, CancellationToken cancellation)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = began;
        return await entry.OpenAsync(cancellation);
    }
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
