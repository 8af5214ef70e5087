using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Tests.Sources;

/// <summary>What a person must be given, told from the generator's truth and not from keys.</summary>
internal static class ExpectedExport
{
    /// <summary>Names stay readable, so that a search for one finds it.</summary>
    public static JsonSerializerOptions Plain { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<string> Of(DataMapRegister map, SampleData truth, string address)
    {
        var person = SamplePeople.ByAddress(address);
        bool IsTheirs(SampleHolder holder) => person.Addresses.Contains(holder.Subject) || holder.Subject == person.Id;

        var rows = truth.Rows.SelectMany(row => row.Holders.Where(IsTheirs), (row, holder) => Row(map, holder, row));
        var folders = truth.Blobs
            .Where(blob => blob.Holders.Any(IsTheirs))
            .Where(blob => map[DataSetId.Parse(blob.Holders[0].DataSet)].IsGathered)
            .GroupBy(blob => (blob.Holders[0].DataSet, Folder: blob.Name.Split('/')[1]))
            .Select(folder => Folder(map[DataSetId.Parse(folder.Key.DataSet)], folder.Key.Folder, folder));
        return rows.Concat(folders).Order(StringComparer.Ordinal);
    }

    public static string File(string name, string contentType, BinaryData content) =>
        $" + {name} {contentType} {Convert.ToHexString(SHA256.HashData(content))}";

    private static string Row(DataMapRegister map, SampleHolder holder, SampleRow row)
    {
        var set = map[DataSetId.Parse(holder.DataSet)];
        var values = new JsonObject();
        foreach (var field in set.Fields.Where(field => field.NotExported is null))
            if (row.Properties.FirstOrDefault(property => property.Key == field.Name) is { Value: { } value })
                values[field.Name] = field.OfOthers ? Redaction.Marker : JsonSerializer.SerializeToNode(value);
        return $"{set.Id} {row.RowKey}: {values.ToJsonString(Plain)}";
    }

    private static string Folder(DataSet set, string key, IEnumerable<SampleBlob> blobs)
    {
        var document = set.Store is StoreLocation.Blobs { Document: { } name } ? $"/{key}/{name}" : null;
        var values = new JsonObject();
        var files = "";
        foreach (var blob in blobs.OrderBy(blob => blob.Name, StringComparer.Ordinal))
            if (document is not null && blob.Name.EndsWith(document, StringComparison.Ordinal))
                values = Conversation(set, JsonNode.Parse(blob.Content)!.AsObject());
            else
                files += File(blob.Name.Split('/', 2)[1], blob.ContentType, blob.Content);
        return $"{set.Id} {key}: {values.ToJsonString(Plain)}{files}";
    }

    /// <summary>The conversations are the only documents; within them only an agent's name is about others.</summary>
    private static JsonObject Conversation(DataSet set, JsonObject document)
    {
        foreach (var message in document["Messages"]!.AsArray().Where(message => message!["Agent"] is not null))
            message!["Agent"] = Redaction.Marker;
        var fields = set.Fields.Single(field => field.Name == "Messages").Fields.Select(field => field.Name).ToList();
        document["Messages"] = new JsonArray([.. document["Messages"]!.AsArray()
            .Select(message => InOrder(message!.AsObject(), fields))]);
        return InOrder(document, [.. set.Fields.Select(field => field.Name)]);
    }

    private static JsonObject InOrder(JsonObject value, List<string> names) =>
        new(names.Where(value.ContainsKey).Select(name => KeyValuePair.Create(name, value[name]?.DeepClone())));
}
