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

    private static readonly string[] OfTheSources = ["Sources__sales__Storage", "Sources__support__Storage"];

    private static readonly string[] Secrets = ["Mail__SendGrid__ApiKey", "Privacy__Pepper"];

    private const string Main = "main.bicep";
    private const string App = "modules/function-app.bicep";
    private const string Vault = "modules/key-vault.bicep";

    [BicepFact]
    public async Task Settings_AreComplete_AndNoneIsUnknown() => Assert.Empty(MistakesIn(await Infrastructure.PredictedAsync()));

    [BicepTheory]
    [InlineData(Main, "Mail__From:", "Mail__Sender:", "missing: Mail__From")]
    [InlineData(Main, "Mail__From:", "Mail__Sender:", "unknown: Mail__Sender")]
    [InlineData(Main, "Records__Storage:", "Records__Store:", "missing: Records__Storage")]
    [InlineData(Main, "Privacy__Pepper:", "Privacy__Salt:", "missing: Privacy__Pepper")]
    [InlineData(Main, "keyVault.outputs.pepperReference", "'abc'", "not a reference to the vault: Privacy__Pepper")]
    [InlineData(Vault, "name: 'privacy-pepper'", "name: 'pepper'", "not a reference to the vault: Privacy__Pepper")]
    [InlineData(Main, "'Sources__${source.system}__Storage'", "'Source__${source.system}'", "missing: Sources__sales__Storage")]
    [InlineData(App, "  AZURE_CLIENT_ID: identityClientId\n", "", "missing: AZURE_CLIENT_ID")]
    [InlineData(App, "AZURE_CLIENT_ID:", "WEBSITE_TIME_ZONE: 'UTC'\n  AZURE_CLIENT_ID:", "unknown: WEBSITE_TIME_ZONE")]
    [InlineData(
        App, "AZURE_CLIENT_ID:", "FUNCTIONS_WORKER_RUNTIME: 'x'\n  AZURE_CLIENT_ID:", "unknown: FUNCTIONS_WORKER_RUNTIME")]
    public async Task Settings_ThatDoNotFit_AreFound(string file, string right, string wrong, string mistake) =>
        Assert.Contains(mistake, MistakesIn(await Infrastructure.PredictAsync(new Change(file, right, wrong))));

    [BicepFact]
    public async Task Settings_GivenAsFurtherOnes_DoNotReplaceOurs()
    {
        var prediction = await Infrastructure.PredictAsync(new Change(
            Infrastructure.Example,
            "Policy__ExportDays: '30'",
            "Privacy__PepperVersion: 'abc'\n  Sources__sales__Storage: 'abc'\n  AzureWebJobsStorage__credential: 'abc'"));

        Assert.Empty(MistakesIn(prediction));
        Assert.DoesNotContain("abc", prediction.AppSettings.Values);
    }

    private static List<string> MistakesIn(Prediction prediction)
    {
        var settings = prediction.AppSettings;
        string[] needed = [.. Required(), .. OfTheHost, .. OfTheSources];
        return
        [
            .. needed.Except(settings.Keys).Select(name => $"missing: {name}"),
            .. settings.Keys.Except([.. Sample(), .. OfTheHost, .. OfTheSources]).Select(name => $"unknown: {name}"),
            .. Secrets.Where(name => !IsReference(settings.GetValueOrDefault(name, ""), prediction))
                .Select(name => $"not a reference to the vault: {name}"),
        ];
    }

    // It names the vault that is made, and a secret that is put there.
    private static bool IsReference(string value, Prediction prediction)
    {
        var vault = Template.Text(prediction.Of("Microsoft.KeyVault/vaults").Single()["id"]);
        return prediction.Of("Microsoft.KeyVault/vaults/secrets")
            .Select(secret => Template.Text(secret["id"]))
            .Any(id => id.StartsWith($"{vault}/secrets/", StringComparison.Ordinal)
                && value.StartsWith(
                    $"[format('@Microsoft.KeyVault(SecretUri={{0}}{id[(vault.Length + 1)..]})', reference('{vault}', '",
                    StringComparison.Ordinal));
    }

    // Those of the app itself: the others are the Functions host's, and of a laptop.
    private static List<string> Sample()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json");
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        return
        [
            .. json.RootElement.GetProperty("Values").EnumerateObject().Select(value => value.Name)
                .Where(name => name.Contains("__", StringComparison.Ordinal)),
        ];
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
