using System.Text.Json;
using Microsoft.DurableTask;

namespace PrivacyFunctions.Tests.Workload.Running;

/// <summary>
/// Inputs, outputs, events and statuses as JSON, the way the Functions worker writes them: names as written and read
/// whatever their case, nulls written, enums as numbers, no public fields; closed unions by JsonDerivedType.
/// </summary>
internal sealed class DurableJson : DataConverter
{
    /// <summary>The one converter.</summary>
    public static DurableJson Converter { get; } = new();

    /// <summary>The serializer's options, for whoever reads or writes payloads apart from the engine.</summary>
    public static JsonSerializerOptions Options { get; } = new() { PropertyNameCaseInsensitive = true };

    public override string? Serialize(object? value) => value is null ? null : JsonSerializer.Serialize(value, Options);

    public override object? Deserialize(string? data, Type targetType) =>
        data is null ? null : JsonSerializer.Deserialize(data, targetType, Options);
}
