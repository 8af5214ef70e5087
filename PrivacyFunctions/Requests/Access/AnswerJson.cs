using System.Text.Encodings.Web;
using System.Text.Json;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Packages;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Access;

/// <summary>The answer for machines: the facts of art. 15(1) and (2) for each data set, and its records.
/// Written as a stream.</summary>
internal static class AnswerJson
{
    // The text is a file of its own, never part of a page: letters of all scripts stay readable.
    private static readonly JsonWriterOptions Format = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // Each flush ends a block of the compression: often enough for memory, seldom enough for size and speed.
    private const int BufferedBytes = 256 * 1024;

    public static async Task WriteAsync(
        Stream target, DataMapRegister map, PackageSource source, GatheredParts parts, CancellationToken cancellation)
    {
        var request = source.Request;
        await using var json = new Utf8JsonWriter(target, Format);
        json.WriteStartObject();
        json.WriteString("reference", request.Id.Value);
        json.WriteString("receivedOn", $"{PackageWords.ReceivedOn(request):O}");
        json.WriteString("receivedAt", request.ReceivedAt);
        json.WriteStartArray("searchedAddresses");
        foreach (var address in source.Searched) json.WriteStringValue(address.Value);
        json.WriteEndArray();
        json.WriteString("controller", map.Company.Name);
        json.WriteString("controllerAddress", map.Company.Address);
        json.WriteString("dataProtectionOfficer", map.Company.Officer.Email);
        json.WriteString("complaint", Rights.ComplaintOf(request.LivesIn, map.Company.Officer));
        json.WriteStartObject("rights");
        foreach (var (title, words) in Rights.OfEverybody) json.WriteString(title, words);
        json.WriteEndObject();

        json.WriteStartArray("dataSets");
        foreach (var set in source.Sets)
        {
            json.WriteStartObject();
            WriteFacts(json, set.DataSet);
            json.WriteStartArray("records");
            await foreach (var record in parts.ReadAsync(request.Id, set.DataSet, cancellation))
            {
                WriteRecord(json, set.DataSet, record);
                if (json.BytesPending > BufferedBytes) await json.FlushAsync(cancellation);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("notCopied");
        foreach (var set in DataSetFacts.NotCopied(map))
        {
            json.WriteStartObject();
            WriteFacts(json, set);
            json.WriteString("reason", set.NotGathered);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFacts(Utf8JsonWriter json, DataSet set)
    {
        json.WriteString("id", set.Id.Value);
        json.WriteString("title", set.Title);
        json.WritePropertyName("categories");
        JsonSerializer.Serialize(json, DataSetFacts.Categories(set), RecordJson.Options);
        json.WriteString("origin", set.Origin.Words);
        json.WriteString("purpose", set.Purpose);
        json.WriteString("legalBasis", DataSetFacts.Basis(set));
        json.WriteStartArray("recipients");
        foreach (var recipient in set.Recipients)
        {
            json.WriteStartObject();
            json.WriteString("name", recipient.Name);
            json.WriteString("country", recipient.Country);
            json.WriteString("task", recipient.Task);
            json.WriteString("safeguard", recipient.Safeguard?.Words);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("retention", set.Retention.Words);
        json.WriteString("automatedDecisions", DataSetFacts.Automated(set));
    }

    private static void WriteRecord(Utf8JsonWriter json, DataSet set, GatheredRecord record)
    {
        json.WriteStartObject();
        json.WriteString("key", record.Key);
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
