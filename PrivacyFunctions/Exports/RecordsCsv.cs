using System.Text.Json;
using CsvHelper;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Exports;

/// <summary>
/// A data set as CSV (RFC 4180, UTF-8 with a mark, which spreadsheets need): a column for each field that is exported, in
/// the map's order, and in service data one for all that the map does not know, as JSON. A cell that a spreadsheet would take for
/// a formula is escaped.
/// </summary>
internal static class RecordsCsv
{
    private static readonly CsvWriterOptions Format = new() { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    public static async Task WriteAsync(
        Stream target, DataSet set, IAsyncEnumerable<ExportedRow> rows, CancellationToken cancellation)
    {
        var columns = set.Fields.Where(field => field is { NotExported: null, IsFile: false }).ToList();
        await using var csv = CsvWriter.Create(target, Format, leaveOpen: true);
        var known = set.Fields.Select(field => field.Name).ToHashSet();
        string[] others = set.Role is Role.Processor ? ["Other fields"] : [];
        await csv.WriteRecordAsync(["Record", .. columns.Select(column => column.Title), .. others, "Files"], cancellation);
        await foreach (var row in rows.WithCancellation(cancellation))
            await csv.WriteRecordAsync(
                [
                    row.Key, .. columns.Select(column => Cell(row, column)), .. others.Select(_ => OthersOf(row, known)),
                    string.Join(' ', row.Files),
                ],
                cancellation);
    }

    private static string OthersOf(ExportedRow row, HashSet<string> known) =>
        row.Values.Where(value => !known.Contains(value.Key)).ToDictionary() is { Count: > 0 } others
            ? JsonSerializer.Serialize(others, PackageJson.Options)
            : "";

    private static string Cell(ExportedRow row, Field column) =>
        row.Values.TryGetValue(column.Name, out var value) ? ShownValue.Of(value) : "";
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
