using System.Text.Json;
using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Worker.Protocol;

namespace PrivacyFunctions.LocalHost.Worker;

/// <summary>A function as the worker describes it.</summary>
/// <param name="Id">The worker's id for it, which invocations name.</param>
/// <param name="Name">Its name.</param>
/// <param name="Trigger">What makes it run.</param>
/// <param name="TriggerName">The parameter that takes the trigger's data.</param>
/// <param name="ClientName">The parameter that takes a durable client, if it has one.</param>
/// <param name="Metadata">What the worker said, which it wants to hear again when the function is loaded.</param>
internal sealed record WorkerFunction(
    string Id, string Name, FunctionTrigger Trigger, string TriggerName, string? ClientName, RpcFunctionMetadata Metadata)
{
    /// <summary>Reads the worker's description.</summary>
    /// <exception cref="FunctionStartupException">This host cannot run such a function.</exception>
    public static WorkerFunction Read(RpcFunctionMetadata metadata)
    {
        var bindings = metadata.RawBindings.Select(Parse).ToList();
        var triggers = bindings.Where(binding => Text(binding, "type")?.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase) == true);
        if (triggers.ToList() is not [var trigger])
            throw FunctionStartupException.Of(metadata.Name, "a function has one trigger");
        var client = bindings.FirstOrDefault(binding => Is(binding, "durableClient"));
        return new(
            metadata.FunctionId, metadata.Name, FunctionTrigger.Read(metadata.Name, trigger), Text(trigger, "name")!,
            client.ValueKind == JsonValueKind.Object ? Text(client, "name") : null, metadata);
    }

    private static JsonElement Parse(string binding)
    {
        using var json = JsonDocument.Parse(binding);
        return json.RootElement.Clone();
    }

    private static bool Is(JsonElement binding, string type) =>
        string.Equals(Text(binding, "type"), type, StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonElement binding, string name) =>
        binding.TryGetProperty(name, out var value) ? value.GetString() : null;
}
