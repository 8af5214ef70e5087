using System.Text.Json;
using CsvHelper;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Requests.Access;

/// <summary>
/// A data set as CSV (RFC 4180, UTF-8 with a mark, which spreadsheets need): a column for each field that is exported, in
/// the map's order. A cell that a spreadsheet would take for a formula is escaped.
/// </summary>
internal static class AnswerCsv
{
    private static readonly CsvWriterOptions Format = new() { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    public static async Task WriteAsync(
        Stream target, DataSet set, IAsyncEnumerable<GatheredRecord> records, CancellationToken cancellation)
    {
        var columns = set.Fields.Where(field => field is { NotExported: null, IsFile: false }).ToList();
        await using var csv = CsvWriter.Create(target, Format, leaveOpen: true);
        await csv.WriteRecordAsync(["Record", .. columns.Select(column => column.Title), "Files"], cancellation);
        await foreach (var record in records.WithCancellation(cancellation))
            await csv.WriteRecordAsync(
                [record.Key, .. columns.Select(column => Cell(record, column)), Files(set, record)], cancellation);
    }

    private static string Cell(GatheredRecord record, Field column) =>
        record.Values.TryGetValue(column.Name, out var value) ? ShownValue.Of(value) : "";

    private static string Files(DataSet set, GatheredRecord record) =>
        string.Join(' ', record.Files.Select(file => PackageNames.Of(set.Id, file)));
}

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
