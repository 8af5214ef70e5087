using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;

namespace PrivacyFunctions.Tests.Infra;

/// <summary>The app that Bicep makes has every setting that the app does not start without, and none that nobody reads.</summary>
public class AppSettingsTests
{
    // Read by the Functions host, or by the identity library. A runtime or a time zone is not among them on Flex Consumption, and
    // nothing may override host.json (AzureFunctionsJobHost__...), which keeps link tokens out of telemetry.
    private static readonly string[] OfTheHost =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING", "AZURE_CLIENT_ID",
        "AzureWebJobsDisableHomepage", "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__clientId",
        "AzureWebJobsStorage__credential",
    ];

    private static readonly string[] Secrets = ["Mail__SendGrid__ApiKey", "Privacy__Pepper"];

    private const string Main = "main.bicep";
    private const string App = "modules/function-app.bicep";

    [Fact]
    public void Settings_AreComplete_AndNoneIsUnknown() => Assert.Empty(MistakesIn(InfraFolder.Bicep));

    [Theory]
    [InlineData(Main, "Mail__From:", "Mail__Sender:", "missing: Mail__From")]
    [InlineData(Main, "Mail__From:", "Mail__Sender:", "unknown: Mail__Sender")]
    [InlineData(Main, "Records__Storage:", "Records__Store:", "missing: Records__Storage")]
    [InlineData(Main, "Privacy__Pepper:", "Privacy__Salt:", "missing: Privacy__Pepper")]
    [InlineData(Main, "keyVault.outputs.pepperReference", "'abc'", "not a reference to the vault: Privacy__Pepper")]
    [InlineData(Main, "'Sources__${source.system}__Storage'", "'Source__${source.system}'", "missing: Sources__…__Storage")]
    [InlineData(App, "  AZURE_CLIENT_ID: identityClientId\n", "", "missing: AZURE_CLIENT_ID")]
    [InlineData(App, "AZURE_CLIENT_ID:", "WEBSITE_TIME_ZONE: 'UTC'\n  AZURE_CLIENT_ID:", "unknown: WEBSITE_TIME_ZONE")]
    public void Settings_ThatDoNotFit_AreFound(string file, string right, string wrong, string mistake)
    {
        var files = InfraFolder.Bicep.ToDictionary();
        Assert.Contains(right, files[file], StringComparison.Ordinal);
        files[file] = files[file].Replace(right, wrong, StringComparison.Ordinal);

        Assert.Contains(mistake, MistakesIn(files));
    }

    private static IEnumerable<string> MistakesIn(IReadOnlyDictionary<string, string> files)
    {
        var (own, host) = (Variable(files[Main], "ownSettings"), Variable(files[App], "hostSettings"));
        foreach (var name in Required().Except(own.Keys())) yield return $"missing: {name}";
        foreach (var name in OfTheHost.Except(host.Keys())) yield return $"missing: {name}";
        foreach (var name in own.Keys().Except(Sample()).Concat(host.Keys().Except(OfTheHost))) yield return $"unknown: {name}";
        foreach (var name in Secrets.Where(name => !own.Values(name).Any(IsReference)))
            yield return $"not a reference to the vault: {name}";
        if (!Variable(files[Main], "sourceSettings").Body.Any(token => token.Value == "Sources__…__Storage"))
            yield return "missing: Sources__…__Storage";
    }

    private static Declaration Variable(string text, string name) =>
        BicepFile.Read(text).Of("var").Single(one => one.Name == name);

    private static bool IsReference(IReadOnlyList<Token> value) =>
        value is [{ Value: "keyVault" }, _, { Value: "outputs" }, _, { Value: "pepperReference" or "sendGridReference" }];

    private static List<string> Sample()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json");
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        return [.. json.RootElement.GetProperty("Values").EnumerateObject().Select(value => value.Name)];
    }

    // What the options classes refuse to be without, and what Composition looks up by name.
    private static IEnumerable<string> Required() =>
        typeof(Composition).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField("Section") is not null)
            .SelectMany(RefusedWhenMissing)
            .Append("Records__Storage");

    private static IEnumerable<string> RefusedWhenMissing(Type options)
    {
        var section = (string)options.GetField("Section", BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue()!;
        var (empty, mistakes) = (Activator.CreateInstance(options)!, new List<ValidationResult>());
        Validator.TryValidateObject(empty, new ValidationContext(empty), mistakes, validateAllProperties: true);
        return mistakes.SelectMany(mistake => mistake.MemberNames)
            .Select(name => $"{section.Replace(":", "__", StringComparison.Ordinal)}__{name}");
    }
}
