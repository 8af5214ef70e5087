using System.Text.Json.Nodes;

namespace PrivacyFunctions.Tests.Infra;

/// <summary>What the compiler and its linter say of the Bicep files, and the template that it makes of them.</summary>
/// <param name="Diagnostics">Of every level, the linter's among them.</param>
/// <param name="Main">Null when it does not compile.</param>
internal sealed record Compilation(IReadOnlyList<string> Diagnostics, Template? Main);

/// <summary>infra as the compiler sees it: as it is, asked once for all tests, or with something changed.</summary>
internal static class Infrastructure
{
    public const string Example = "snapshot/example.bicepparam";

    private static readonly Lazy<Task<Compilation>> Compiled = new(() => CompileAsync([]));
    private static readonly Lazy<Task<Prediction>> Predicted = new(() => PredictAsync([]));

    public static Task<Compilation> CompiledAsync() => Compiled.Value;

    public static async Task<Template> TemplateAsync() =>
        (await CompiledAsync()).Main ?? throw new InvalidOperationException("infra does not compile.");

    public static Task<Prediction> PredictedAsync() => Predicted.Value;

    /// <summary>main.bicep and the example's parameters; whatever main.bicep uses is compiled with it.</summary>
    public static async Task<Compilation> CompileAsync(params Change[] changes)
    {
        using var folder = InfraFolder.With(changes);
        var answer = await BicepCompiler.AskAsync(
            "bicep/compileParams",
            new() { ["path"] = Path.Combine(folder.Path, Example), ["parameterOverrides"] = new JsonObject() });
        var diagnostics = answer["diagnostics"]!.AsArray().Select(one => Line(one!, folder.Path)).ToList();
        var json = answer["template"]?.GetValue<string>();
        return new(diagnostics, json is null ? null : new("main", JsonNode.Parse(json)!.AsObject()));
    }

    /// <summary>
    /// Modules that main.bicep does not lead to: the compiler does not look at them. Those in use are in the template, with the
    /// hashes that they have when compiled alone.
    /// </summary>
    public static async Task<IReadOnlyList<string>> UnusedModulesAsync(params Change[] changes)
    {
        var main = (await CompileAsync(changes)).Main ?? throw new InvalidOperationException("infra does not compile.");
        var used = main.WithNested().Select(template => template.Hash).ToHashSet();
        using var folder = InfraFolder.With(changes);
        var unused = new List<string>();
        foreach (var module in folder.Modules)
        {
            var answer = await BicepCompiler.AskAsync("bicep/compile", new() { ["path"] = Path.Combine(folder.Path, module) });
            if (answer["contents"]?.GetValue<string>() is not { } json
                || !used.Contains(new Template(module, JsonNode.Parse(json)!.AsObject()).Hash))
                unused.Add(module);
        }

        return unused;
    }

    /// <summary>The resources that a deployment with the example's parameters would make, worked out without Azure.</summary>
    public static async Task<Prediction> PredictAsync(params Change[] changes)
    {
        using var folder = InfraFolder.With(changes);
        var answer = await BicepCompiler.AskAsync("bicep/getSnapshot", new()
        {
            ["path"] = Path.Combine(folder.Path, Example),
            ["metadata"] = new JsonObject
            {
                ["tenantId"] = "00000000-0000-0000-0000-000000000001",
                ["subscriptionId"] = "00000000-0000-0000-0000-000000000002",
                ["location"] = "swedencentral",
                ["deploymentName"] = "example",
            },
            ["externalInputs"] = new JsonArray(),
        });
        return new(JsonNode.Parse(answer["snapshot"]!.GetValue<string>())!.AsObject());
    }

    private static string Line(JsonNode diagnostic, string folder) =>
        $"{Path.GetRelativePath(folder, diagnostic["source"]!.GetValue<string>())}"
        + $"({diagnostic["range"]!["start"]!["line"]!.GetValue<int>() + 1}): "
        + $"{diagnostic["level"]} {diagnostic["code"]}: {diagnostic["message"]}";
}
