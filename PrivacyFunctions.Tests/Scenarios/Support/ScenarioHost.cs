using System.Net.Http.Json;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>
/// A running system as its users reach it: HTTP, the outbox of its mails, its storage. By default a local host of this test
/// run; with PF_BASE_URL and its companions in the environment, whatever Functions host answers there.
/// </summary>
internal abstract class ScenarioHost : IAsyncDisposable
{
    private static readonly Lazy<Task<ScenarioHost>> Shared = new(async () =>
        IsRemote ? await RemoteHost.ConnectAsync() : await LocalHostHere.StartAsync());

    /// <summary>Whether the scenarios run against a host that they did not start.</summary>
    public static bool IsRemote => Environment.GetEnvironmentVariable("PF_BASE_URL") is { Length: > 0 };

    /// <summary>The app, without following redirects.</summary>
    public HttpClient App { get; protected init; } = null!;

    /// <summary>
    /// How long something that is due may take. Elsewhere a queue may be looked at seldom, and legal time must pass first.
    /// </summary>
    public TimeSpan Patience { get; } = IsRemote ? TimeSpan.FromMinutes(15) : TimeSpan.FromMinutes(5);

    /// <summary>The mails it sends.</summary>
    public Outbox Outbox { get; protected init; } = null!;

    /// <summary>Its storage: a connection string.</summary>
    public string Storage { get; protected set; } = null!;

    /// <summary>The key of an operator who has every role.</summary>
    public string OperatorKey { get; protected set; } = null!;

    /// <summary>The key of the admin endpoints.</summary>
    public string MasterKey { get; protected set; } = null!;

    /// <summary>
    /// A host where legal time runs fast, because its Policy:Pace makes it run: the months of an account's end in a minute and a half. A
    /// local one asks without a pause about whatever still waits, so it ends with its test.
    /// </summary>
    public static async Task<ScenarioHost> PacedAsync() =>
        IsRemote ? await SharedAsync() : await LocalHostProcess.StartAsync(pace: 100_000, seeded: false);

    /// <summary>
    /// A host on which legal time passes while a test waits for something: a local one moves its clock, elsewhere
    /// Policy:Pace makes it run.
    /// </summary>
    public static async Task<ScenarioHost> WhereTimePassesAsync() =>
        IsRemote ? await SharedAsync() : await LocalHostHere.StartWithoutPeopleAsync(timePasses: true);

    /// <summary>The host of all scenarios that neither move its clock nor kill it.</summary>
    public static Task<ScenarioHost> SharedAsync() => Shared.Value;

    /// <summary>Lets legal time pass, where it passes only when somebody says so.</summary>
    public virtual Task LetTimePassAsync() => Task.CompletedTask;

    /// <summary>Stops a host that is one test's own; another one stays.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>Fires a timer function now, as an operator can.</summary>
    public async Task FireAsync(string timerFunction)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"admin/functions/{timerFunction}")
        {
            Content = JsonContent.Create(new { input = "" }),
        };
        request.Headers.Add("x-functions-key", MasterKey);
        using var response = await App.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Stops a host that is one test's own, in order, and removes its folder.</summary>
    protected virtual Task StopAsync() => Task.CompletedTask;

    protected static HttpClient Client(Uri address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromMinutes(2),
        };
}
