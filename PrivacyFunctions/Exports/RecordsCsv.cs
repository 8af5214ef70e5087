using System.Text.Json;
using CsvHelper;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Exports;

/// <summary>
/// A data set as CSV (RFC 4180, UTF-8 with a mark, which spreadsheets need): a column for each field that is exported, in
/// the map's order, and in service data one for all that the map does not know, as JSON. A cell that a spreadsheet would take for
/// a formula is escaped.
/// </summary>
internal sealed class RecordsCsv : IAsyncDisposable
{
    private static readonly CsvWriterOptions Format = new() { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    private readonly CsvWriter _csv;
    private readonly List<Field> _columns;
    private readonly HashSet<string> _known;
    private readonly bool _hasOthers;

    private RecordsCsv(Stream target, DataSet set)
    {
        _csv = CsvWriter.Create(target, Format, leaveOpen: true);
        _columns = [.. set.Fields.Where(field => field is { NotExported: null, IsFile: false })];
        _known = [.. set.Fields.Select(field => field.Name)];
        _hasOthers = set.Role is Role.Processor;
    }

    /// <summary>Begins one with its titles. Disposing it hands on what is left; the stream stays open.</summary>
    public static async Task<RecordsCsv> BeginAsync(Stream target, DataSet set, CancellationToken cancellation)
    {
        var begun = new RecordsCsv(target, set);
        string[] others = begun._hasOthers ? ["Other fields"] : [];
        await begun._csv.WriteRecordAsync(["Record", .. begun._columns.Select(column => column.Title), .. others, "Files"], cancellation);
        return begun;
    }

    /// <summary>A whole one.</summary>
    public static async Task WriteAsync(
        Stream target, DataSet set, IAsyncEnumerable<ExportedRow> rows, CancellationToken cancellation)
    {
        await using var csv = await BeginAsync(target, set, cancellation);
        await foreach (var row in rows.WithCancellation(cancellation)) await csv.WriteAsync(row, cancellation);
    }

    /// <summary>Writes a record.</summary>
    public async ValueTask WriteAsync(ExportedRow row, CancellationToken cancellation)
    {
        _csv.WriteField(row.Key);
        foreach (var column in _columns) _csv.WriteField(row.Values.TryGetValue(column.Name, out var value) ? ShownValue.Of(value) : "");
        if (_hasOthers) _csv.WriteField(OthersOf(row));
        _csv.WriteField(string.Join(' ', row.Files));
        await _csv.EndRecordAsync(cancellation);
    }

    public ValueTask DisposeAsync() => _csv.DisposeAsync();

    private string OthersOf(ExportedRow row)
    {
        Dictionary<string, JsonElement>? others = null;
        foreach (var (name, value) in row.Values)
            if (!_known.Contains(name)) (others ??= []).Add(name, value);
        return others is null ? "" : JsonSerializer.Serialize(others, PackageJson.Options);
    }
}

/// <summary>A record as it stands in a CSV.</summary>
/// <param name="Key">Names it within its data set.</param>
/// <param name="Values">By field name.</param>
/// <param name="Files">The package's entries that belong to it.</param>
internal sealed record ExportedRow(string Key, IReadOnlyDictionary<string, JsonElement> Values, IEnumerable<string> Files);

/// <summary>A stored value as a person reads it.</summary>
internal static class ShownValue
{
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => value.GetRawText(),
    };
}
