using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PrivacyFunctions.LocalHost.CommandLine;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>A local host that one test has for itself: it may move its clock and let its outbox refuse mails.</summary>
internal abstract class OwnClockHost : ScenarioHost
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly StringBuilder _output = new();

    /// <param name="folder">Where it keeps everything.</param>
    protected OwnClockHost(string folder)
    {
        Folder = folder;
        (Port, DeskPort) = (TestPorts.Take(), TestPorts.Take());
        App = Client(new Uri($"http://127.0.0.1:{Port}/"));
        Desk = Client(new Uri($"http://127.0.0.1:{DeskPort}/"));
        Desk.Timeout = TimeSpan.FromMinutes(15); // a move of the clock answers when all that it made due is done
        Outbox = new Outbox(Desk, Patience, () => Output);
    }

    /// <summary>Where it keeps everything.</summary>
    public string Folder { get; protected set; }

    /// <summary>What it printed, over all its starts.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>The app's port.</summary>
    protected int Port { get; }

    /// <summary>The port of the outbox and the time machine.</summary>
    protected int DeskPort { get; }

    /// <summary>Where people find it.</summary>
    protected LocalLinks Links => new($"http://127.0.0.1:{Port}", $"http://127.0.0.1:{DeskPort}");

    private HttpClient Desk { get; }

    /// <summary>Lets time pass, and everything that it makes due happen.</summary>
    public async Task PassAsync(TimeSpan legal)
    {
        using var moved = await Desk.PostAsJsonAsync("api/clock", new { by = legal.ToString("c") });
        moved.EnsureSuccessStatusCode();
    }

    /// <summary>Lets time pass until an instant, and everything that becomes due on the way happen.</summary>
    public async Task PassToAsync(DateTimeOffset instant)
    {
        using var moved = await Desk.PostAsJsonAsync("api/clock", new { to = instant.ToString("O", CultureInfo.InvariantCulture) });
        moved.EnsureSuccessStatusCode();
    }

    /// <summary>
    /// The same on a host without nights, with a backup each week: that is enough for what they promise of an account, and most of what
    /// a year costs is its nights.
    /// </summary>
    public async Task PassByWeeksToAsync(DateTimeOffset instant)
    {
        for (var next = await NowAsync() + Week; next < instant; next += Week)
        {
            await PassToAsync(next);
            await FireAsync("BackUpNightly");
        }

        await PassToAsync(instant);
    }

    /// <summary>The clock, UTC.</summary>
    public async Task<DateTimeOffset> NowAsync() =>
        (await Desk.GetFromJsonAsync<JsonElement>("api/clock")).GetProperty("now").GetDateTimeOffset();

    /// <summary>Lets the outbox refuse the next mails, or accept them and say that it did not.</summary>
    public async Task RefuseMailsAsync(int next, int status, bool acceptButFail = false)
    {
        using var set = await Desk.PutAsJsonAsync("api/faults", new { next, status, acceptButFail });
        set.EnsureSuccessStatusCode();
    }

    /// <summary>Signs in as one of the sample company's people, on its own pages; the page that follows.</summary>
    /// <param name="person">The company's number for them.</param>
    public async Task<string> SignInAsync(string person)
    {
        using var page = await Desk.PostAsync("company", new FormUrlEncodedContent([new("person", person)]));
        page.EnsureSuccessStatusCode();
        Assert.Contains($"form-action 'self' {Links.Site};", Assert.Single(page.Headers.GetValues("Content-Security-Policy")));
        return await page.Content.ReadAsStringAsync();
    }

    /// <summary>Takes a line that it printed.</summary>
    protected void Take(string line)
    {
        lock (_output) _output.AppendLine(line);
    }
}
