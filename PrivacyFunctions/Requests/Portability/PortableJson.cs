using System.Text.Encodings.Web;
using System.Text.Json;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Requests.Packages;

namespace PrivacyFunctions.Requests.Portability;

/// <summary>
/// The data to take along, for machines: the records of each data set under its id, as <see cref="PortableSchema"/> describes them. Written
/// as a stream.
/// </summary>
internal static class PortableJson
{
    /// <summary>The text is a file of its own, never part of a page: letters of all scripts stay readable.</summary>
    public static JsonWriterOptions Format { get; } = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Each flush ends a block of the compression: often enough for memory, seldom enough for size and speed.
    private const int BufferedBytes = 256 * 1024;

    public static async Task WriteAsync(
        Stream target, Company company, PackageSource source, GatheredParts parts, CancellationToken cancellation)
    {
        await using var json = new Utf8JsonWriter(target, Format);
        json.WriteStartObject();
        json.WriteString("reference", source.Request.Id.Value);
        json.WriteString("receivedOn", $"{PackageWords.ReceivedOn(source.Request):O}");
        json.WriteString("receivedAt", source.Request.ReceivedAt);
        json.WriteString("controller", company.Name);
        json.WriteStartObject("dataSets");
        foreach (var set in source.Sets.Select(searched => searched.DataSet))
        {
            json.WriteStartArray(set.Id.Value);
            var number = 0L;
            await foreach (var record in parts.ReadAsync(source.Request.Id, set, cancellation))
            {
                WriteRecord(json, set, record, ++number);
                if (json.BytesPending > BufferedBytes) await json.FlushAsync(cancellation);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRecord(Utf8JsonWriter json, DataSet set, GatheredRecord record, long number)
    {
        json.WriteStartObject();
        json.WriteNumber("record", number);
        json.WriteStartObject("values");
        foreach (var (name, value) in record.Values)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteStartArray("files");
        foreach (var file in record.Files) json.WriteStringValue(PackageNames.Of(set.Id, file));
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
