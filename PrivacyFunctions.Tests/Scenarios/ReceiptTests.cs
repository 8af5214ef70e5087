using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>The signed receipt of every request: anybody can check it, for ever, and it says nothing about the person.</summary>
[Clause("L1")]
[Clause("C-SECURE")]
public class ReceiptTests
{
    private const string Genuine = "This receipt is genuine";
    private const string NotOurs = "We did not sign this receipt";

    [Fact]
    public async Task Receipt_OfEachKind_IsCheckedByThePublicKeyAloneAndByThePage()
    {
        var host = await ScenarioHost.SharedAsync();
        foreach (var (right, ground) in new (string, string?)[]
        {
            ("access", null), ("portability", null), ("rectification", null), ("erasure", null), ("restriction", "accuracy"), ("use", null),
            ("objection", null), ("complaint", null),
        })
        {
            var person = DataSubject.Stranger(host);
            var said = await TakenInAsync(host, right, new { email = person.Address, ground, text = right is "use" or "complaint" ? "In my own words." : null, residence = right == "objection" ? null : "IE" });
            var (path, reference) = (said.Receipt(), said.GetProperty("reference").GetString());
            var claims = await CheckedAsync(host, path);
            Assert.Equal(["iss", "name", "jti", "kind", "channel", "received", "iat", "answerBy"], claims.EnumerateObject().Select(claim => claim.Name));
            Assert.Equal((reference, right, "api"), (claims.GetProperty("jti").GetString(), claims.GetProperty("kind").GetString(), claims.GetProperty("channel").GetString()));
            var found = (await host.CaseAsync(reference!)).GetProperty("case");
            Assert.Equal(found.GetProperty("due").GetProperty("on").GetString(), claims.GetProperty("answerBy").GetString());
            Assert.Equal(found.GetProperty("receivedOn").GetString(), claims.GetProperty("received").GetString());
            Assert.Equal(found.GetProperty("receivedAt").GetDateTimeOffset().ToUnixTimeSeconds(), claims.GetProperty("iat").GetInt64());

            using var page = await host.App.GetAsync(path);
            Assert.False(page.Headers.Contains("Set-Cookie"));
            var shown = new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync());
            Assert.Equal((HttpStatusCode.OK, Genuine), (page.StatusCode, shown.QuerySelector("h1")!.TextContent));
            Assert.Contains(reference!, shown.Body!.TextContent);
            Assert.DoesNotContain(person.Address, shown.DocumentElement.OuterHtml);
            Assert.Empty(shown.QuerySelectorAll("script"));

            // The first mail about it has the same, at its end.
            var mail = (await host.Outbox.ReceiveAsync(person.Address, "")).Text!;
            var mailed = mail.Split('\n').Single(line => line.Contains("/receipts/", StringComparison.Ordinal));
            Assert.InRange(mailed.Length, 1, 998); // of a line of a mail (RFC 5321)
            Assert.Equal(claims.GetRawText(), (await CheckedAsync(host, new Uri(mailed).AbsolutePath.TrimStart('/'))).GetRawText());
        }
    }

    [Fact]
    public async Task Receipt_OfAFormThatIsSentAgain_SaysTheSame_AndSoItsPageInJson()
    {
        var host = await ScenarioHost.SharedAsync();
        var fields = new Dictionary<string, string> { ["submission"] = "once", ["email"] = DataSubject.Stranger(host).Address };
        var claims = new List<string>();
        for (var times = 1; times <= 2; times++)
        {
            using var sent = await host.App.PostAsync("requests/erasure", new FormUrlEncodedContent(fields));
            var link = new HtmlParser().ParseDocument(await sent.Content.ReadAsStringAsync()).QuerySelectorAll("main a")
                .Single(link => link.TextContent.Contains("receipt", StringComparison.Ordinal)).GetAttribute("href")!.TrimStart('/');
            claims.Add((await CheckedAsync(host, link)).GetRawText());
            using var asked = new HttpRequestMessage(HttpMethod.Get, link);
            asked.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var answer = await host.App.SendAsync(asked);
            var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal((true, "form"), (json.GetProperty("isGenuine").GetBoolean(), json.GetProperty("channel").GetString()));
            using var head = await host.App.SendAsync(new(HttpMethod.Head, link));
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        }

        Assert.Single(claims.Distinct());
    }

    [Fact]
    public async Task Receipt_OfWhatJoinsAnotherCase_IsItsOwn()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        for (var times = 1; times <= 5; times++)
        {
            var said = await TakenInAsync(host, "access", new { email = person.Address });
            Assert.Equal(said.GetProperty("reference").GetString(), (await CheckedAsync(host, said.Receipt())).GetProperty("jti").GetString());
        }
    }

    [Fact]
    public async Task Receipt_ThatWasChangedAnywhere_IsNotOurs()
    {
        var host = await ScenarioHost.SharedAsync();
        var path = (await TakenInAsync(host, "access", new { email = DataSubject.Stranger(host).Address })).Receipt();
        var (signed, header) = (path["receipts/".Length..], path["receipts/".Length..].Split('.')[0]);
        var others = Enumerable.Range(0, signed.Length).Where(at => at % 11 == 0 || at > signed.Length - 4)
            .Select(at => $"{signed[..at]}{(signed[at] == 'A' ? 'B' : 'A')}{signed[(at + 1)..]}").ToList();
        others.AddRange([
            "nothing", "a.b.c", "...", $"{signed}.", $"{signed}A", $"{header}.e30.", signed[..^1], new string('A', 3000),
            $"{Encoded("""{"alg":"none","kid":"2026","typ":"receipt+jwt"}""")}.{signed.Split('.')[1]}.",
            $"{Encoded("""{"alg":"HS256","kid":"2026","typ":"receipt+jwt"}""")}.{signed.Split('.')[1]}.{signed.Split('.')[2]}",
            $"{Encoded("""{"alg":"ES256","kid":"1999","typ":"receipt+jwt"}""")}.{signed.Split('.')[1]}.{signed.Split('.')[2]}",
            $"{Encoded("""{"alg":"ES256","kid":5,"typ":[]}""")}.{signed.Split('.')[1]}.{signed.Split('.')[2]}", "ü.ü.ü",
        ]);
        foreach (var other in others)
        {
            using var answer = await host.App.GetAsync($"receipts/{other}");
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{answer.StatusCode} {other}");
            Assert.Contains(NotOurs, await answer.Content.ReadAsStringAsync());
        }

        Assert.Contains(Genuine, await host.App.GetStringAsync(path));
    }

    [LocalFact]
    public async Task Receipt_AfterARestartAndWithTheKeyOfAnotherYear_StaysGenuine()
    {
        await using var host = await MortalHost.StartAsync(clock: new DateOnly(2026, 12, 30), seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 0);
        var first = (await TakenInAsync(host, "access", new { email = DataSubject.Stranger(host).Address })).Receipt();
        await host.KillAsync();
        await host.RunAsync();
        Assert.StartsWith("2026-", Assert.Single((await KeysAsync(host)).Keys), StringComparison.Ordinal);
        await CheckedAsync(host, first);

        await host.PassAsync(TimeSpan.FromDays(4));
        var second = (await TakenInAsync(host, "access", new { email = DataSubject.Stranger(host).Address })).Receipt();
        Assert.Equal(["2026", "2027"], (await KeysAsync(host)).Keys.Order().Select(name => name.Split('-')[0]));
        foreach (var path in new[] { first, second })
        {
            await CheckedAsync(host, path);
            Assert.Contains(Genuine, await host.App.GetStringAsync(path));
        }
    }

    // As anybody would who has our public keys, and nothing of us.
    private static async Task<JsonElement> CheckedAsync(ScenarioHost host, string path)
    {
        var parts = path["receipts/".Length..].Split('.');
        var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0])).RootElement;
        Assert.Equal(("ES256", "receipt+jwt"), (header.GetProperty("alg").GetString(), header.GetProperty("typ").GetString()));
        using var key = ECDsa.Create((await KeysAsync(host))[header.GetProperty("kid").GetString()!]);
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
        return JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;
    }

    private static async Task<IReadOnlyDictionary<string, ECParameters>> KeysAsync(ScenarioHost host) =>
        (await host.App.GetFromJsonAsync<JsonElement>(".well-known/jwks.json")).GetProperty("keys").EnumerateArray().ToDictionary(
            key => key.GetProperty("kid").GetString()!,
            key => new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new() { X = Base64Url.DecodeFromChars(key.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(key.GetProperty("y").GetString()) },
            });

    private static async Task<JsonElement> TakenInAsync(ScenarioHost host, string right, object fields)
    {
        using var answer = await host.App.PostAsJsonAsync($"requests/{right}", fields);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
