using System.Text.Json;
using System.Text.Json.Serialization;

namespace PrivacyFunctions.Records;

/// <summary>
/// How records are written as text. The text of an audit row is what its hash covers and is never written again, so these
/// settings may grow but published shapes stay (a test holds one snapshot of each).
/// </summary>
internal static class RecordJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string text) =>
        JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("A record is empty.");
}
