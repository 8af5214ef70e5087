using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>What a person does to have their package transmitted, and what the other controller does with its link.</summary>
internal static class Transmitting
{
    public const string Offered = "A person wants you to have their data";
    public const string HandedOver = "Another company has downloaded your data";
    public const string NotFetched = "not downloaded your data";

    /// <summary>The mailbox of another controller that nobody else uses.</summary>
    public static string FreshMailbox() => $"takes-data-{Guid.NewGuid():N}@example.org";

    /// <summary>Asks for the data to take along, as far as the mail with the link to the download; the case.</summary>
    public static async Task<string> GetReadyAsync(this DataSubject person)
    {
        var reference = await person.AskAsync(right: "portability");
        await person.ConfirmAsync(PortabilityTests.Asks);
        await person.LinkAsync(PortabilityTests.Ready);
        return reference;
    }

    /// <summary>The path of the person's page, to which the right code leads.</summary>
    public static async Task<string> TransmissionPageAsync(this DataSubject person)
    {
        var link = await person.LinkAsync(PortabilityTests.Ready);
        using var answer = await person.PostAsync($"{link}/open", new { code = await person.CodeAsync(link) });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("also").GetString()!.TrimStart('/');
    }

    /// <summary>Names another controller by the form.</summary>
    public static Task<HttpResponseMessage> NameControllerAsync(
        this ScenarioHost host, string page, string email, string controller = "Initech", string? again = null) => host.App.PostAsync(
            page, new FormUrlEncodedContent(new Dictionary<string, string> { ["controller"] = controller, ["email"] = email, ["again"] = again ?? email }));

    /// <summary>The same, which works; the path of the other controller's page.</summary>
    public static async Task<string> TransmitAsync(this ScenarioHost host, string page, string email, string controller = "Initech")
    {
        using var answer = await host.NameControllerAsync(page, email, controller);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return DataSubject.LinkIn(await host.Outbox.ReceiveAsync(email, Offered));
    }

    /// <summary>Presses the button that downloads the package, or its signature.</summary>
    public static async Task<(string Name, byte[] Content)> FetchAsync(this ScenarioHost host, string path)
    {
        using var answer = await host.App.PostAsync(path, content: null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (answer.Content.Headers.ContentDisposition!.FileName!, await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Asks for a copy of the data later, and gets it: what was mailed before is about something else.</summary>
    public static Task<Package> ReceiveACopyAsync(this DataSubject person, ScenarioHost host) =>
        new DataSubject(host, person.Address).ReceiveEverythingAsync();

    /// <summary>A page as it is seen.</summary>
    public static async Task<IHtmlDocument> SeenAsync(this HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    /// <summary>What the signature says, checked by the published key alone.</summary>
    public static async Task<JsonElement> CheckedAsync(this ScenarioHost host, byte[] signature)
    {
        var parts = Encoding.ASCII.GetString(signature).Split('.');
        var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0])).RootElement;
        Assert.Equal(("ES256", "portable-package+jwt"), (header.GetProperty("alg").GetString(), header.GetProperty("typ").GetString()));
        var keys = await host.App.GetFromJsonAsync<JsonElement>(".well-known/jwks.json");
        var published = keys.GetProperty("keys").EnumerateArray().Single(key => key.GetProperty("kid").GetString() == header.GetProperty("kid").GetString());
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new()
            {
                X = Base64Url.DecodeFromChars(published.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(published.GetProperty("y").GetString()),
            },
        });
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
        return JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;
    }
}
