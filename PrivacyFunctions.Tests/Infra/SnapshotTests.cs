using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PrivacyFunctions.Tests.Infra;

/// <summary>
/// The resources that a deployment of the example would make are checked in, as the compiler predicts them: whoever changes the
/// Bicep files, or the compiler, sees in the review what becomes of them in Azure.
/// </summary>
public class SnapshotTests
{
    private const string Snapshot = "infra/snapshot/example.snapshot.json";
    private const string Renewal =
        "Where that is meant, renew the snapshot with PF_RENEW_SNAPSHOT=1 dotnet test PrivacyFunctions.Tests "
        + "--filter FullyQualifiedName~Prediction_IsTheOneCheckedIn, and check it in.";

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static bool IsRenewal => Environment.GetEnvironmentVariable("PF_RENEW_SNAPSHOT") == "1";

    [BicepFact]
    public async Task Prediction_IsTheOneCheckedIn()
    {
        var prediction = await Infrastructure.PredictedAsync();
        if (IsRenewal) await File.WriteAllTextAsync(SourceFile(), Ordered(prediction).ToJsonString(Readable) + "\n");

        var differences = Differences(
            IsRenewal ? await File.ReadAllTextAsync(SourceFile()) : InfraFolder.Read(Snapshot), prediction);

        Assert.True(differences.Count == 0, $"Other resources would be made than {Snapshot} says. {Renewal}\n"
            + string.Join('\n', differences));
    }

    [BicepTheory]
    [InlineData("modules/plan.bicep", "reserved: true", "reserved: false", "changed: ", "/serverfarms/")]
    [InlineData("main.bicep", "containers: [deploymentContainer]", "containers: []", "gone: ", "/containers/deployments")]
    [InlineData("main.bicep", "[deploymentContainer]", "[deploymentContainer, 'more']", "new: ", "/containers/more")]
    [InlineData("main.bicep", "AZURE_LOCATION string = location", "AZURE_LOCATION string = group.name", "changed: ", "outputs")]
    public async Task Prediction_OfSomethingElse_DiffersThere(string file, string right, string wrong, string how, string where)
    {
        var differences = Differences(
            InfraFolder.Read(Snapshot), await Infrastructure.PredictAsync(new Change(file, right, wrong)));

        Assert.StartsWith(how, Assert.Single(differences, one => one.Contains(where, StringComparison.Ordinal)));
    }

    private static List<string> Differences(string snapshot, Prediction prediction)
    {
        var (old, now) = (Parts(new(JsonNode.Parse(snapshot)!.AsObject())), Parts(prediction));
        return
        [
            .. old.Keys.Except(now.Keys).Select(key => $"gone: {key}"),
            .. now.Keys.Except(old.Keys).Select(key => $"new: {key}"),
            .. now.Keys.Intersect(old.Keys).Where(key => !JsonNode.DeepEquals(now[key], old[key]))
                .Select(key => $"changed: {key}\n{string.Join('\n', Lines(now[key]).Except(Lines(old[key])))}"),
        ];
    }

    private static Dictionary<string, JsonNode?> Parts(Prediction prediction) => prediction.Resources
        .ToDictionary(one => Template.Text(one["id"]), JsonNode? (one) => one)
        .Concat(prediction.Json.Where(part => part.Key != "predictedResources"))
        .ToDictionary();

    private static string[] Lines(JsonNode? part) => part?.ToJsonString(Readable).Split('\n') ?? [];

    // The compiler gives outputs in another order each time, which no review should show.
    private static JsonObject Ordered(Prediction prediction)
    {
        var json = prediction.Json.DeepClone().AsObject();
        json["outputs"] = new JsonObject(
            json["outputs"]!.AsObject().OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone())));
        return json;
    }

    private static string SourceFile([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", Snapshot);
}
