using System.Text.Json;
using System.Text.Json.Nodes;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Infra;

/// <summary>
/// The token in a mailed link opens what it is for, and telemetry is read by more people than may open a case: so the Functions
/// host collects no URLs. Why in this way stands in infra/modules/application-insights.bicep.
/// </summary>
[Clause("C-SECURE")]
public class TelemetryTests
{
    private static readonly string[] Switches =
    [
        "enableDependencyTracking", "enableLiveMetrics", "httpAutoCollectionOptions.enableHttpTriggerExtendedInfoCollection",
    ];

    // The host's front door, its proxy to the worker, ASP.NET Core beneath both, and outgoing calls, which the proxy makes.
    private static readonly string[] WritersOfPaths =
        ["Microsoft.AspNetCore", "Microsoft.Azure.WebJobs.Script.WebHost.Middleware", "System.Net.Http", "Yarp"];

    [Fact]
    public void HostJson_KeepsUrlsOutOfTelemetry() => Assert.Empty(Leaks(InfraFolder.Read("host.json")));

    [Theory]
    [InlineData("/logging/applicationInsights")]
    [InlineData("/logging/applicationInsights/httpAutoCollectionOptions")]
    [InlineData("/logging/applicationInsights/enableDependencyTracking")]
    [InlineData("/logging/applicationInsights/enableLiveMetrics")]
    [InlineData("/logging/logLevel/Yarp")]
    [InlineData("/logging/logLevel/Microsoft.AspNetCore")]
    public void HostJson_WithoutOneOfItsSwitches_IsFound(string missing)
    {
        var json = JsonNode.Parse(InfraFolder.Read("host.json"))!;
        var steps = missing.Split('/')[1..];
        Assert.True(steps[..^1].Aggregate(json, (node, step) => node[step]!).AsObject().Remove(steps[^1]));

        Assert.NotEmpty(Leaks(json.ToJsonString()));
    }

    private static IEnumerable<string> Leaks(string hostJson)
    {
        using var json = JsonDocument.Parse(hostJson);
        var logging = json.RootElement.GetProperty("logging");
        foreach (var name in Switches)
            if (Find(logging, $"applicationInsights.{name}") is not { ValueKind: JsonValueKind.False }) yield return name;

        foreach (var category in WritersOfPaths)
            if (!logging.GetProperty("logLevel").TryGetProperty(category, out var level) || level.GetString() != "Warning")
                yield return category;
    }

    private static JsonElement? Find(JsonElement from, string path)
    {
        foreach (var name in path.Split('.'))
            if (!from.TryGetProperty(name, out from)) return null;
        return from;
    }
}
