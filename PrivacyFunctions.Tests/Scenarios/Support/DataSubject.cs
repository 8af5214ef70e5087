using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using PrivacyFunctions.LocalHost.Outbox;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>A person with a mailbox who uses the system as a program would: JSON over HTTP, links from mails.</summary>
internal sealed partial class DataSubject(ScenarioHost host, string address)
{
    // On a host that serves several runs the mailbox of a sample person is not empty: older mails are none of this request.
    private readonly Lazy<Task<long>> _before = new(
        async () => (await host.Outbox.AllAsync(address)).Select(mail => mail.Id).DefaultIfEmpty().Max());

    // Another test may be asking for the same sample person at the same time.
    private readonly List<string> _asked = [];

    public string Address => address;

    /// <summary>A person whom nobody knows.</summary>
    public static DataSubject Stranger(ScenarioHost host) => new(host, $"stranger-{Guid.NewGuid():N}@example.net");

    /// <summary>Looks into the mailbox, before somebody else asks for them: what comes from here on is about that.</summary>
    public Task LookAsync() => _before.Value;

    /// <summary>Asks for a copy of the data; the case's reference.</summary>
    /// <param name="submission">The key of the submission: the same key is the same request.</param>
    /// <param name="right">What is asked for, such as "access" or "erasure".</param>
    /// <param name="ground">The ground that is given, where one is asked for.</param>
    /// <param name="text">What is written in own words, where that is asked for.</param>
    /// <param name="residence">Where they say that they live, if they do.</param>
    /// <param name="agent">The address of whoever asks in their name, if somebody does.</param>
    public async Task<string> AskAsync(
        string? submission = null, string right = "access", string? ground = null, string? text = null, string? residence = null, string? agent = null)
    {
        await _before.Value;
        using var answer = await host.App.PostAsJsonAsync($"requests/{right}", new { email = address, submission, ground, text, residence, agent });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        _asked.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!);
        return _asked[^1];
    }

    /// <summary>The path in the mail with that subject, about what was asked for here.</summary>
    public async Task<string> LinkAsync(string subject) =>
        LinkIn(await host.Outbox.ReceiveAsync(address, subject, await _before.Value, _asked));

    /// <summary>Presses the button behind the link that asks to confirm.</summary>
    /// <param name="asks">Words of the mail that brings the link.</param>
    public async Task ConfirmAsync(string asks = Mails.Confirm)
    {
        using var answer = await PostAsync(await LinkAsync(asks));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Asks and confirms; the path of the link that comes with the answer.</summary>
    public async Task<string> BeOfferedAsync()
    {
        await AskAsync();
        await ConfirmAsync();
        return await LinkAsync(Mails.Ready);
    }

    /// <summary>Opens the download with a fresh code; the path that streams the package.</summary>
    /// <param name="ready">Words of the mail that brings the link.</param>
    public async Task<string> OpenAsync(string ready = Mails.Ready) => await OpenLinkAsync(await LinkAsync(ready));

    /// <summary>Opens the download behind a link with a fresh code; the path that streams the package.</summary>
    public async Task<string> OpenLinkAsync(string link)
    {
        var code = await CodeAsync(link);
        using var answer = await PostAsync($"{link}/open", new { code });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var download = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("download").GetString()!;
        return new Uri(download).AbsolutePath.TrimStart('/');
    }

    /// <summary>Has a fresh code sent and reads it in the mailbox.</summary>
    public async Task<string> CodeAsync(string link)
    {
        var before = (await host.Outbox.AllAsync(address)).Max(mail => mail.Id);
        using var answer = await PostAsync($"{link}/code");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return Digits().Match((await host.Outbox.ReceiveAsync(address, Mails.Code, before, _asked)).Text!).Value;
    }

    /// <summary>Downloads the package.</summary>
    /// <param name="ready">Words of the mail that brings the link.</param>
    public async Task<Package> DownloadAsync(string ready = Mails.Ready) => await FetchAsync(await LinkAsync(ready));

    /// <summary>Downloads the package behind a link.</summary>
    public async Task<Package> FetchAsync(string link)
    {
        using var answer = await host.App.GetAsync(await OpenLinkAsync(link));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new(new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync())));
    }

    /// <summary>The whole way: asks, confirms, downloads.</summary>
    public async Task<Package> ReceiveEverythingAsync()
    {
        await AskAsync();
        await ConfirmAsync();
        return await DownloadAsync();
    }

    /// <summary>Posts JSON, or nothing, and wants JSON back.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, object? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null) request.Content = JsonContent.Create(body);
        return await host.App.SendAsync(request);
    }

    /// <summary>The path of the only link in a mail.</summary>
    public static string LinkIn(StoredMail mail) => new Uri(Link().Match(mail.Text!).Value).AbsolutePath.TrimStart('/');

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex Digits();
}

/// <summary>Words by which the system's mails are told apart.</summary>
internal static class Mails
{
    public const string Confirm = "Please confirm your request";
    public const string NotIdentified = "We could not identify you";
    public const string Ready = "Your personal data is ready";
    public const string Code = "Your code to open your data";
    public const string AgentAsked = "We have asked the person to confirm your request";
    public const string AgentConfirmed = "The person has confirmed your request";
    public const string AgentAnswered = "We have answered the person";
    public const string Restricted = "We have restricted the use of your data";
    public const string KeepsRestriction = "We are not going to use your data again for now";
    public const string LiftsRestriction = "We are going to lift the restriction on your data";
}
