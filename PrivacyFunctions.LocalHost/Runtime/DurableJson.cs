using System.Text.Json;

namespace PrivacyFunctions.LocalHost.Runtime;

/// <summary>How durable payloads are written.</summary>
internal static class DurableJson
{
    /// <summary>Property names as written and read whatever their case, nulls written, enums as numbers.</summary>
    public static JsonSerializerOptions Options { get; } = new() { PropertyNameCaseInsensitive = true };
}
