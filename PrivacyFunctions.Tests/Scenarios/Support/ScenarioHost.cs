using System.Globalization;
using System.Net.Http.Json;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>
/// A running system as its users reach it: HTTP, the outbox of its mails, its storage. By default a local host of this test
/// run; with PF_BASE_URL and its companions in the environment, whatever Functions host answers there.
/// </summary>
internal abstract class ScenarioHost
{
    private static readonly Lazy<Task<ScenarioHost>> Shared = new(async () =>
        IsRemote ? await RemoteHost.ConnectAsync() : await LocalHostProcess.StartAsync());

    /// <summary>Whether the scenarios run against a host that they did not start.</summary>
    public static bool IsRemote => Environment.GetEnvironmentVariable("PF_BASE_URL") is { Length: > 0 };

    /// <summary>Whether legal time runs so fast there (its Policy:Pace, which PF_PACE tells) that weeks pass in minutes.</summary>
    public static bool IsPaced => IsRemote && double.TryParse(Environment.GetEnvironmentVariable("PF_PACE"), CultureInfo.InvariantCulture, out var pace) && pace > 1;

    /// <summary>The app, without following redirects.</summary>
    public HttpClient App { get; protected init; } = null!;

    /// <summary>
    /// How long something that is due may take. Elsewhere a queue may be looked at seldom, and legal time must pass first.
    /// </summary>
    public TimeSpan Patience { get; } = IsRemote ? TimeSpan.FromMinutes(8) : TimeSpan.FromMinutes(1);

    /// <summary>The mails it sends.</summary>
    public Outbox Outbox { get; protected init; } = null!;

    /// <summary>Its storage: a connection string.</summary>
    public string Storage { get; protected set; } = null!;

    /// <summary>The key of functions that are not for everybody.</summary>
    public string FunctionKey { get; protected set; } = null!;

    /// <summary>The key of the admin endpoints.</summary>
    public string MasterKey { get; protected set; } = null!;

    /// <summary>The host of all scenarios that neither move its clock nor kill it.</summary>
    public static Task<ScenarioHost> SharedAsync() => Shared.Value;

    /// <summary>Fires a timer function now, as an operator can.</summary>
    public async Task FireAsync(string timerFunction)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"admin/functions/{timerFunction}") { Content = JsonContent.Create(new { input = "" }) };
        request.Headers.Add("x-functions-key", MasterKey);
        using var response = await App.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    protected static HttpClient Client(Uri address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
}
