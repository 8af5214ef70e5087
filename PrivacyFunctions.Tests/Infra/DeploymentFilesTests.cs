using System.Text.Json;
using System.Text.RegularExpressions;

namespace PrivacyFunctions.Tests.Infra;

/// <summary>What azd and GitHub read: they name what is there, and the workflow may do no more than read.</summary>
public partial class DeploymentFilesTests
{
    private const string Workflow = ".github/workflows/build.yml";

    [BicepFact]
    public async Task Parameters_OfAzd_AreThoseOfMain()
    {
        using var json = JsonDocument.Parse(InfraFolder.Read("infra/main.parameters.json"));
        var given = json.RootElement.GetProperty("parameters").EnumerateObject().ToList();
        var known = (await Infrastructure.TemplateAsync()).Parameters.ToDictionary();
        var required = known.Where(one => one.Value!["defaultValue"] is null && one.Value["nullable"] is null);

        Assert.Empty(given.Select(one => one.Name).Except(known.Keys));
        Assert.Empty(required.Select(one => one.Key).Except(given.Select(one => one.Name)));
        Assert.All(given, one => Assert.Matches("^\\$\\{[A-Z_]+=?\\}$", one.Value.GetProperty("value").GetString()));
    }

    [BicepFact]
    public async Task Azd_DeploysTheFunctionApp_ThatBicepTags()
    {
        var azure = InfraFolder.Read("azure.yaml");
        var service = Regex.Match(azure, "^services:\n  ([a-z]+):\n    project: PrivacyFunctions\n", RegexOptions.Multiline);
        var app = (await Infrastructure.PredictedAsync()).App;

        Assert.True(service.Success, "azure.yaml names no service whose project is PrivacyFunctions");
        Assert.Contains("    host: function\n", azure, StringComparison.Ordinal);
        Assert.Equal(service.Groups[1].Value, Template.Text(app["tags"]!["azd-service-name"]));
    }

    // There is one build: a hook could make another one of it, which no test has seen.
    [Fact]
    public void Azd_ChangesNothingBeforeItBuilds() =>
        Assert.DoesNotContain("hooks:", InfraFolder.Read("azure.yaml"), StringComparison.Ordinal);

    [Fact]
    public void Workflow_IsInOrder() => Assert.Empty(MistakesIn(InfraFolder.Read(Workflow)));

    [Theory]
    [InlineData("contents: read", "contents: write", "permission")]
    [InlineData("actions/checkout@v4", "actions/checkout@main", "actions/checkout@main")]
    [InlineData("persist-credentials: false", "persist-credentials: true", "credentials")]
    [InlineData("run: dotnet restore\n", "run: dotnet restore -p:RestoreLockedMode=false\n", "lock files")]
    [InlineData("env:\n", "env:\n  CI: 0\n", "CI")]
    [InlineData("dotnet build --no-restore", "dotnet --version", "nothing is built")]
    [InlineData("bash .ci/run", "bash .ci/test", "tests")]
    [InlineData("dotnet publish PrivacyFunctions --configuration Release", "dotnet publish PrivacyFunctions", "published")]
    [InlineData("actions/upload-artifact@v4", "actions/cache@v4", "nowhere to be had")]
    [InlineData("include-hidden-files: true", "include-hidden-files: false", ".azurefunctions")]
    [InlineData("global-json-file: global.json", "dotnet-version: 9.0.x", "global.json")]
    [InlineData("-p:NuGetAudit=true", "", "NuGet")]
    [InlineData("-p:TreatWarningsAsErrors=true", "", "NuGet")]
    [InlineData("npm audit", "npm ci", "npm")]
    [InlineData("ubuntu-latest", "windows-latest", "Bicep")]
    [InlineData("    steps:", "\tsteps:", "tab")]
    [InlineData("        with:", "         with:", "indented")]
    public void Workflow_OutOfOrder_IsFound(string right, string wrong, string mistake)
    {
        var text = InfraFolder.Read(Workflow);
        Assert.Contains(right, text, StringComparison.Ordinal);

        Assert.Contains(
            MistakesIn(text.Replace(right, wrong, StringComparison.Ordinal)),
            found => found.Contains(mistake, StringComparison.OrdinalIgnoreCase));
    }

    // Not a reader of YAML: enough to notice that a promise of the README is gone.
    private static IEnumerable<string> MistakesIn(string text)
    {
        if (text.Contains('\t', StringComparison.Ordinal)) yield return "a tab";
        foreach (var line in text.Split('\n').Where(line => (line.Length - line.TrimStart(' ').Length) % 2 != 0))
            yield return $"badly indented: {line}";
        if (!text.Contains("\npermissions:\n  contents: read\n", StringComparison.Ordinal) || WritePermission().IsMatch(text))
            yield return "a permission beyond reading";
        foreach (Match action in Action().Matches(text))
            if (!Pinned().IsMatch(action.Groups[1].Value)) yield return $"not pinned: {action.Groups[1].Value}";
        if (Regex.Count(text, "persist-credentials: false") != Regex.Count(text, "uses: actions/checkout@"))
            yield return "credentials stay behind";
        if (Regex.Count(text, "global-json-file: global.json") != Regex.Count(text, "uses: actions/setup-dotnet@"))
            yield return "the SDK is not that of global.json";

        if (Regex.Count(text, "runs-on: ubuntu-latest") != Regex.Count(text, "runs-on: "))
            yield return "Bicep is compiled on Linux only";
        if (text.Contains("RestoreLockedMode", StringComparison.Ordinal)) yield return "a restore need not follow the lock files";
        if (Regex.IsMatch(text, "^ +CI:", RegexOptions.Multiline)) yield return "CI is not what GitHub sets it to";

        (string Needle, string Mistake)[] steps =
        [
            ("run: dotnet restore\n", "nothing is restored by the lock files"),
            ("run: dotnet build --no-restore\n", "nothing is built"),
            ("run: bash .ci/run\n", "the tests are not run"), ("node-version: 20", "Node.js is not 20"),
            ("run: dotnet publish PrivacyFunctions --configuration Release --output publish\n", "nothing is published"),
            ("uses: actions/upload-artifact@", "what is published is nowhere to be had"),
            ("          path: publish\n", "the artefact is not what is published"),
            ("include-hidden-files: true", "the artefact lacks .azurefunctions"),
            ("-p:NuGetAudit=true -p:NuGetAuditMode=all -p:TreatWarningsAsErrors=true", "NuGet packages are not audited"),
            ("run: npm audit --package-lock-only", "npm packages are not audited"),
        ];
        foreach (var (needle, mistake) in steps)
            if (!text.Contains(needle, StringComparison.Ordinal)) yield return mistake;
    }

    [GeneratedRegex(": (write|write-all)\\b")]
    private static partial Regex WritePermission();

    [GeneratedRegex("uses: (\\S+)")]
    private static partial Regex Action();

    [GeneratedRegex("@(v[0-9]+|[0-9a-f]{40})$")]
    private static partial Regex Pinned();
}
