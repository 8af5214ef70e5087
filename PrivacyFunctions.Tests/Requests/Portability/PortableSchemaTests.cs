using System.Text;
using System.Text.Json.Nodes;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Requests.Portability;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Portability;

/// <summary>The schema describes all that can be in the file for machines, and nothing else is valid.</summary>
[Clause("R-PORT")]
public class PortableSchemaTests
{
    private const string Whole =
        """
        {
          "reference": "r", "receivedOn": "2026-03-02", "receivedAt": "2026-03-02T09:00:00+00:00", "controller": "c",
          "dataSets": {
            "profiles": [{ "record": 1, "values": { "Name": "Ana", "CreatedAt": null }, "files": [] }],
            "support-conversations": [{
              "record": 1,
              "values": { "Subject": ["a", ["b", 1, true]], "Channel": {}, "Messages": [{ "From": "you", "Text": "Hello" }] },
              "files": ["files/support-conversations/0-a.txt"]
            }]
          }
        }
        """;

    private static readonly DataMapRegister Map = DataMapRegister.LoadEmbedded();

    private static readonly JsonObject Schema = PortableSchema.Of(
        Map.Company, [.. PortableData.Of(Map).Where(set => set.Id.Value is "profiles" or "support-conversations")]);

    /// <summary>What is changed in a whole file that makes it wrong.</summary>
    public static TheoryData<string, string> Wrong => new()
    {
        { "\"Name\": \"Ana\"", "\"ProductInterest\": \"Invoicing\"" },
        { "\"From\": \"you\"", "\"Agent\": \"Agnes\"" },
        { "\"Channel\": {}", "\"Channel\": { \"Mood\": \"bad\" }" },
        { "\"profiles\"", "\"usage-log\"" },
        { "\"record\": 1", "\"record\": \"1\"" },
        { "\"reference\": \"r\", ", "" },
        { "\"controller\"", "\"processor\"" },
    };

    [Fact]
    public void File_AsItIsWritten_IsValid() => Assert.True(IsValid(Whole));

    [Theory]
    [MemberData(nameof(Wrong))]
    public void File_WithWhatIsNotDescribed_IsNotValid(string from, string to)
    {
        Assert.Contains(from, Whole, StringComparison.Ordinal);
        Assert.False(IsValid(Whole.Replace(from, to, StringComparison.Ordinal)));
    }

    [Fact]
    public void Schema_OfTheShippedMap_NamesItsDraftAndTitlesEveryProperty()
    {
        var schema = PortableSchema.Of(Map.Company, [.. PortableData.Of(Map)]);
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string?)schema["$schema"]);
        var described = Properties(schema).ToList();
        Assert.InRange(described.Count, 60, int.MaxValue);
        Assert.All(described, property => Assert.NotEmpty((string)property.Value!["title"]!));
        Assert.Equal(
            ["You gave it to us.", "We recorded it."],
            new[] { "Name", "CreatedAt" }.Select(name => (string?)Values(schema, "profiles")[name]!["description"]));
    }

    [Fact]
    public void Fields_OfTheShippedMap_AreDescribedAsTheMapCallsThem() => Assert.All(
        PortableData.Of(Map),
        set => Assert.Equal(
            set.Fields.Where(field => !field.IsFile).Select(field => (field.Name, (string?)field.Title)),
            Values(PortableSchema.Of(Map.Company, [set]), set.Id.Value).Select(value => (value.Key, (string?)value.Value!["title"]))));

    [Fact]
    public async Task Written_Schema_IsTheSame()
    {
        var sets = PortableData.Of(Map).ToList();
        using var target = new MemoryStream();
        await PortableSchema.WriteAsync(target, Map.Company, sets, CancellationToken.None);
        Assert.True(JsonNode.DeepEquals(
            PortableSchema.Of(Map.Company, sets), JsonNode.Parse(Encoding.UTF8.GetString(target.ToArray()))));
    }

    private static bool IsValid(string file) => new JsonSchemaCheck(Schema).IsValid(JsonNode.Parse(file));

    private static JsonObject Values(JsonObject schema, string set) =>
        schema["properties"]!["dataSets"]!["properties"]![set]!["items"]!["properties"]!["values"]!["properties"]!.AsObject();

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Properties(JsonNode? node) => node switch
    {
        JsonObject part => (part["properties"] as JsonObject ?? []).Concat(part.SelectMany(inner => Properties(inner.Value))),
        JsonArray list => list.SelectMany(Properties),
        _ => [],
    };
}
