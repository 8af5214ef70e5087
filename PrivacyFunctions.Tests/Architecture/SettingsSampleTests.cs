using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Tests.Architecture;

/// <summary>The sample of the settings is complete, holds nothing that nobody reads, and holds no secret that works.</summary>
public class SettingsSampleTests
{
    // Read by the Functions host, and by name rather than by an options class.
    private static readonly string[] OfTheHost =
        ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage", "AzureWebJobsDisableHomepage", "WEBSITE_HOSTNAME"];
    private static readonly string[] ByName = ["Records__Storage", "DataMap__Path"];

    private static readonly IReadOnlyDictionary<string, string> Sample = Read();

    private static IEnumerable<Type> OptionsClasses => typeof(Composition).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField("Section") is not null);

    [Fact]
    public void Sample_Names_EverySettingAndNoOther()
    {
        var ofOptions = OptionsClasses.SelectMany(type =>
            type.GetProperties()
                .Select(property => $"{Section(type).Replace(":", "__", StringComparison.Ordinal)}__{property.Name}"));
        var ofSystems = Sample.Keys.Where(IsOfASystem).ToList();

        Assert.NotEmpty(ofSystems);
        Assert.Equal(
            OfTheHost.Concat(ByName).Concat(ofOptions).Concat(ofSystems).Order(StringComparer.Ordinal),
            Sample.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Sample_WithAPepper_IsValid() => Assert.Empty(MistakesIn(Convert.ToBase64String(new byte[32])));

    [Fact]
    public void Sample_AsItIs_IsRefusedForItsPepper() =>
        Assert.Equal([nameof(PrivacyOptions.Pepper)], MistakesIn(Sample["Privacy__Pepper"]));

    [Fact]
    public void Sample_Names_NothingThatTheReadmeDoesNotExplain()
    {
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Repository", "README.md"));

        Assert.All(Sample.Keys, name => Assert.Contains($"| `{InTheReadme(name)}` |", readme, StringComparison.Ordinal));
    }

    private static string InTheReadme(string name) =>
        IsOfASystem(name) ? "Sources:{system}:Storage" : name.Replace("__", ":", StringComparison.Ordinal);

    private static IReadOnlyList<string> MistakesIn(string pepper)
    {
        var settings = Sample.ToDictionary(
            setting => setting.Key.Replace("__", ":", StringComparison.Ordinal),
            setting => (string?)setting.Value);
        settings["Privacy:Pepper"] = pepper;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

        var mistakes = new List<ValidationResult>();
        foreach (var type in OptionsClasses)
        {
            var options = configuration.GetSection(Section(type)).Get(type)!;
            Validator.TryValidateObject(options, new ValidationContext(options), mistakes, validateAllProperties: true);
        }

        return [.. mistakes.SelectMany(mistake => mistake.MemberNames)];
    }

    private static bool IsOfASystem(string name) =>
        name.Split("__") is ["Sources", var system, "Storage"]
            && DataMapRegister.LoadEmbedded().DataSets.Any(set => set.System.Value == system);

    private static string Section(Type options) =>
        (string)options.GetField("Section", BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue()!;

    private static Dictionary<string, string> Read()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json")));
        return json.RootElement.GetProperty("Values").EnumerateObject()
            .ToDictionary(value => value.Name, value => value.Value.GetString()!);
    }
}
