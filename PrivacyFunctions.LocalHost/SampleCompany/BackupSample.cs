using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace PrivacyFunctions.LocalHost.Sample;

/// <summary>
/// Four weekly backup copies, none older than 28 days: each a gzip of one JSON object per line, holding what lived at
/// its birth.
/// </summary>
internal static class BackupSample
{
    public const string Container = "backups";

    private static readonly int[] AgesInDays = [23, 16, 9, 2];

    public static IEnumerable<SampleBlob> Of(SampleData data) =>
        [.. AgesInDays.Select(age => Copy(data, data.Midnight.AddDays(-age)))];

    private static SampleBlob Copy(SampleData data, DateTimeOffset born)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var row in data.Rows.Where(row => row.Born < born))
                Line(zip, new { row.Table, row.PartitionKey, row.RowKey, Properties = row.Properties.ToDictionary() });
            foreach (var blob in data.Blobs.Where(blob => blob.Born < born))
                Line(zip, new { blob.Container, blob.Name, blob.ContentType, Content = Convert.ToBase64String(blob.Content) });
        }

        var name = born.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new SampleBlob(Container, $"{name}.ndjson.gz", "application/gzip", born, new BinaryData(bytes.ToArray()),
            Holders: []);
    }

    private static void Line<T>(Stream copy, T value)
    {
        JsonSerializer.Serialize(copy, value);
        copy.WriteByte((byte)'\n');
    }
}
