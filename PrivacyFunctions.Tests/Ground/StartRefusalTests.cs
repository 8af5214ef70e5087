using System.Diagnostics;
using PrivacyFunctions.LocalHost.CommandLine;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Ground;

/// <summary>
/// What would make every request fail later is refused at the start: one sentence on standard error, no stack trace, an exit code.
/// By the local host, and by the app alone, as Azure starts it.
/// </summary>
public sealed class StartRefusalTests : IDisposable
{
    private const string Garbage = "AccountName=secret";

    private readonly TemporaryFolder _folder = new();

    /// <summary>A setting, what it says, and the sentence.</summary>
    public static TheoryData<string, string, string> WrongSettings => new()
    {
        { "Policy:UndoDays", "99", "Policy:UndoDays must be between 1 and 60." },
        { "Policy:UndoDays", "two weeks", "Policy:UndoDays must be a whole number." },
        { "Policy:Pace", "fast", "Policy:Pace must be a number." },
        { "Policy:LegalTimeZone", "Berlin", "Policy:LegalTimeZone is not the name of a time zone." },
        { "Mail:From", "nobody", "Mail:From is not a valid e-mail address." },
        { "Mail:FromName", "", "Mail:FromName is required." },
        { "Mail:SendGrid:Host", "::", "Mail:SendGrid:Host must be an address such as https://example.com." },
        { "Site:BaseUrl", "http://example.com", "Site:BaseUrl must be an https address (http on a loopback address only)." },
        { "Site:BaseUrl", "example.com", "Site:BaseUrl must be an address such as https://example.com." },
        { "Site:BaseUrl", "", "Site:BaseUrl is required." },
        { "Privacy:Pepper", "short", "Privacy:Pepper must be 32 random bytes as base64 (openssl rand -base64 32)." },
        { "Records:Storage", "", "Records:Storage is not set: a connection string, or the account's https address." },
        { "Records:Storage", Garbage, "Records:Storage cannot be read: a connection string, or the account's https address." },
        { "Sources:shop:Storage", Garbage, "Sources:shop:Storage names a system that the data map does not have." },
        { "Sources:website:Storage", Garbage, "Sources:website:Storage cannot be read: a connection string, or the account's https address." },
        { "DataMap:Path", "/no/such/map.json", "The data map is refused: DataMap:Path names the file /no/such/map.json, which cannot be read." },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(WrongSettings))]
    public async Task App_WithAWrongSetting_SaysWhichInOneSentenceAndEnds(string setting, string value, string sentence)
    {
        var settings = new Dictionary<string, string?>(await GoodSettingsAsync()) { [setting] = value };

        var (exitCode, errors) = await RunAppAsync(settings);

        Assert.Equal((1, sentence + "\n"), (exitCode, errors));
    }

    [Fact]
    public async Task App_WithSeveralWrongSettings_NamesThemAll()
    {
        var settings = new Dictionary<string, string?>(await GoodSettingsAsync()) { ["Policy:UndoDays"] = "0", ["Mail:From"] = "" };

        var (exitCode, errors) = await RunAppAsync(settings);

        Assert.Equal(1, exitCode);
        Assert.Contains("Policy:UndoDays must be between 1 and 60.", errors, StringComparison.Ordinal);
        Assert.Contains("Mail:From is required.", errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task App_WhoseMapHasAGap_NamesTheGap()
    {
        var map = MapFile.Parse();
        map.Set("payments").Remove("basis");

        var (exitCode, errors) = await RunAppAsync(await WithMapAsync(map.ToJsonString()));

        Assert.Equal(
            (1, "The data map is refused: data set 'payments': 'basis' is missing (each use has a legal basis: clause C-BASIS).\n"),
            (exitCode, errors));
    }

    [Fact]
    public async Task App_WithoutAMapOnAnEmptyStorage_SaysWhoseMapItTook()
    {
        var settings = new Dictionary<string, string?>(await GoodSettingsAsync()) { ["Records:Storage"] = await ScenarioStorage.EmptyAsync() };

        var (exitCode, errors) = await RunAppAsync(settings);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("The built-in data map of the sample company, which is used as DataMap:Path is not set, names what does not", errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task App_WhoseMapNamesATableAndAContainerThatAreNotThere_NamesBoth()
    {
        var map = MapFile.Parse();
        map.Set("payments")["store"]!["name"] = "companyPaymints";
        map.Set("profile-photos")["store"]!["name"] = "company-fotos";

        var (exitCode, errors) = await RunAppAsync(await WithMapAsync(map.ToJsonString()));

        Assert.Equal(
            (1, "The data map names what does not exist in the storage: the container company-fotos of the system 'accounts', "
                + "the table companyPaymints of the system 'sales'; make it, or correct the map (DataMap:Path) or the setting "
                + "Sources:SYSTEM:Storage.\n"),
            (exitCode, errors));
    }

    [Theory]
    [InlineData("Policy__UndoDays", "99", "Policy:UndoDays must be between 1 and 60.\n")]
    [InlineData("DataMap__Path", "/no/map.json", "The data map is refused: DataMap:Path names the file /no/map.json, which cannot be read.\n")]
    public async Task LocalHost_WithAWrongSetting_SaysTheSameSentence(string variable, string value, string sentence)
    {
        var (exitCode, errors) = await RunAsync(
            "PrivacyFunctions.LocalHost.dll", [(variable, value)], "--company", "none", "--port", "0", "--desk-port", "0", "--data", _folder.Path);

        Assert.Equal((1, sentence), (exitCode, errors));
    }

    [Fact]
    public async Task LocalHost_ToCrashWhereItNeverComes_SaysSoAndEnds()
    {
        var (exitCode, errors) = await RunAsync(
            "PrivacyFunctions.LocalHost.dll", [], "--company", "none", "--port", "0", "--desk-port", "0", "--data", _folder.Path,
            "--crash-at", "before:Nowhere");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("There is no crash point \"before:Nowhere\". It is before:NAME", errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }

    private static async Task<IReadOnlyDictionary<string, string?>> GoodSettingsAsync()
    {
        var storage = await Stores.Value;
        return new Dictionary<string, string?>
        {
            ["Records:Storage"] = storage, ["Mail:SendGrid:ApiKey"] = "local", ["Mail:From"] = "privacy@example.com",
            ["Site:BaseUrl"] = "http://127.0.0.1:7071", ["Privacy:Pepper"] = Convert.ToBase64String(new byte[32]),
        };
    }

    private static readonly Lazy<Task<string>> Stores = new(async () =>
    {
        var storage = await ScenarioStorage.EmptyAsync();
        await FunctionApp.MakeStoresAsync(new Dictionary<string, string?> { ["Records:Storage"] = storage }, default);
        return storage;
    });

    private async Task<IReadOnlyDictionary<string, string?>> WithMapAsync(string json)
    {
        var path = Path.Combine(_folder.Path, "map.json");
        await File.WriteAllTextAsync(path, json);
        return new Dictionary<string, string?>(await GoodSettingsAsync()) { ["DataMap:Path"] = path };
    }

    // As a Functions host starts it; it never comes to look for the host.
    private static Task<(int ExitCode, string Errors)> RunAppAsync(IReadOnlyDictionary<string, string?> settings) => RunAsync(
        "PrivacyFunctions.dll", settings.Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!)),
        "--functions-uri", "http://127.0.0.1:9", "--functions-worker-id", "worker", "--functions-request-id", "request",
        "--functions-grpc-max-message-length", "1000000");

    private static async Task<(int ExitCode, string Errors)> RunAsync(
        string program, IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true); // it started
            throw;
        }

        await output;
        return (process.ExitCode, (await errors).ReplaceLineEndings("\n"));
    }
}
