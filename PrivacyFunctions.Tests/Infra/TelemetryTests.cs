using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.CommandLine;
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

    /// <summary>At Information these write addresses with keys in them, and several lines for each step, which bury ours.</summary>
    public static TheoryData<string> Noisy => new(
        "Azure.Core", "Azure.Identity", "DurableTask.AzureStorage", "DurableTask.Core", "Grpc.Net.Client.Internal.GrpcCall",
        "Host.Triggers.DurableTask", "Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.DurableTask.Client.Grpc", "Polly",
        "System.Net.Http.HttpClient.SendGridMailer.LogicalHandler", "Yarp.ReverseProxy.Forwarder.HttpForwarder");

    [Theory]
    [MemberData(nameof(Noisy))]
    public void HostJson_OfClientsRetriesAndTheTaskHub_WritesWarningsOnly(string category)
    {
        var json = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(InfraFolder.Read("host.json")))).Build();
        using var log = LoggerFactory.Create(logging => logging.AddConfiguration(json.GetSection("logging")).AddSimpleConsole());

        HoldsToWarnings(log, category);
    }

    [Theory]
    [MemberData(nameof(Noisy))]
    public void LocalHost_OfClientsRetriesAndTheTaskHub_WritesWarningsOnly(string category)
    {
        using var log = FunctionApp.CreateLog();

        if (category != "Host.Triggers.DurableTask") HoldsToWarnings(log, category); // which only the Functions host has
    }

    [Theory]
    [MemberData(nameof(Noisy))]
    public void Worker_OfClientsRetriesAndTheTaskHub_WritesWarningsOnly(string category)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddSimpleConsole().KeepQuiet());
        using var provider = services.BuildServiceProvider();

        if (category is not "Host.Triggers.DurableTask" && !category.StartsWith("Yarp", StringComparison.Ordinal)) // the hosts' own
            HoldsToWarnings(provider.GetRequiredService<ILoggerFactory>(), category);
    }

    private static void HoldsToWarnings(ILoggerFactory log, string category)
    {
        var logger = log.CreateLogger(category);
        Assert.False(logger.IsEnabled(LogLevel.Information));
        Assert.True(logger.IsEnabled(LogLevel.Warning));
        Assert.True(log.CreateLogger("PrivacyFunctions.Cases").IsEnabled(LogLevel.Information));
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
