using System.Text.Json;
using PrivacyFunctions.LocalHost.Engine;

namespace PrivacyFunctions.LocalHost.Storage;

/// <summary>History events as they are stored: the member "$type" names the kind.</summary>
internal static class HistoryJson
{
    public static string Write(HistoryEvent happened) => JsonSerializer.Serialize(happened);

    public static HistoryEvent Read(string payload) =>
        JsonSerializer.Deserialize<HistoryEvent>(payload) ?? throw new JsonException("A stored history event is null.");
}
