using System.Text.Json;
using System.Text.RegularExpressions;

namespace PrivacyFunctions.Tests.Infra;

/// <summary>What azd and GitHub read: they name what is there, and the workflow may do no more than read.</summary>
public partial class DeploymentFilesTests
{
    private const string Workflow = ".github/workflows/build.yml";

    [Fact]
    public void Parameters_OfAzd_AreThoseOfMain()
    {
        using var json = JsonDocument.Parse(InfraFolder.Read("infra/main.parameters.json"));
        var given = json.RootElement.GetProperty("parameters").EnumerateObject().ToList();
        var known = BicepFile.Read(InfraFolder.Bicep["main.bicep"]).Of("param").ToList();

        Assert.Empty(given.Select(one => one.Name).Except(known.Select(one => one.Name)));
        Assert.Empty(known.Where(one => one.IsRequired).Select(one => one.Name).Except(given.Select(one => one.Name)));
        Assert.All(given, one => Assert.Matches("^\\$\\{[A-Z_]+=?\\}$", one.Value.GetProperty("value").GetString()));
    }

    [Fact]
    public void Azd_DeploysTheFunctionApp_ThatBicepTags()
    {
        var azure = InfraFolder.Read("azure.yaml");
        var service = Regex.Match(azure, "^services:\n  ([a-z]+):\n    project: PrivacyFunctions\n", RegexOptions.Multiline);

        Assert.True(service.Success, "azure.yaml names no service whose project is PrivacyFunctions");
        Assert.Contains("    host: function\n", azure, StringComparison.Ordinal);
        Assert.Contains(
            $"'azd-service-name': '{service.Groups[1].Value}'", InfraFolder.Bicep["main.bicep"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("posix")]
    [InlineData("windows")]
    public void Azd_BuildsForTheRealPackages(string system) =>
        Assert.Matches(
            $"      prepackage:\n(?:        .*\n)*?        {system}:\n.*\n          run: azd env set FunctionsRuntime Azure\n",
            InfraFolder.Read("azure.yaml"));

    [Fact]
    public void Workflow_IsInOrder() => Assert.Empty(MistakesIn(InfraFolder.Read(Workflow)));

    [Theory]
    [InlineData("contents: read", "contents: write", "permission")]
    [InlineData("actions/checkout@v4", "actions/checkout@main", "actions/checkout@main")]
    [InlineData("persist-credentials: false", "persist-credentials: true", "credentials")]
    [InlineData("      FunctionsRuntime: Azure\n", "", "Azure build")]
    [InlineData("bash .ci/run", "bash .ci/test", "tests")]
    [InlineData("global-json-file: global.json", "dotnet-version: 9.0.x", "global.json")]
    [InlineData("-p:NuGetAudit=true", "", "NuGet")]
    [InlineData("npm audit", "npm ci", "npm")]
    [InlineData("az bicep build", "az version", "Bicep")]
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

        (string Needle, string Mistake)[] steps =
        [
            ("run: bash .ci/run", "the tests are not run"), ("node-version: 20", "Node.js is not 20"),
            ("      FunctionsRuntime: Azure\n", "the Azure build is not built"),
            ("dotnet publish PrivacyFunctions", "nothing is published"),
            ("include-hidden-files: true", "the artefact lacks .azurefunctions"),
            ("-p:NuGetAudit=true", "NuGet packages are not audited"),
            ("npm audit", "npm packages are not audited"),
            ("az bicep build --file infra/main.bicep", "Bicep is not compiled"),
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
