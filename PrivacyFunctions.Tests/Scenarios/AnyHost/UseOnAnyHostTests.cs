using System.Net;
using AngleSharp.Html.Parser;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>An objection to a use from its form to the mail with what the weighing came to, on whatever host.</summary>
[Clause("R-OBJECT")]
[Clause("R-RESTRICT")]
[Clause("R-ERASE")]
[Clause("L2")]
[Clause("L9")]
[Clause("C-MINIMUM")]
public class UseOnAnyHostTests
{
    [Fact]
    public async Task Objection_FromItsForm_StopsTheUse_IsUpheld_AndTheDataCanBeErased()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.WriteAsync("companyUsage", id, "u-1", ("At", DateTimeOffset.UtcNow), ("Page", "/prices"));
        var parser = new HtmlParser();
        var centre = parser.ParseDocument(await host.App.GetStringAsync(""));
        Assert.Contains("/requests/use", centre.QuerySelectorAll(".card a").Select(link => link.GetAttribute("href")));
        var form = parser.ParseDocument(await host.App.GetStringAsync("requests/use"));
        using var sent = await host.App.PostAsync("requests/use", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["submission"] = form.QuerySelector("[name=submission]")!.GetAttribute("value")!, ["email"] = person.Address,
            ["text"] = $"{Objecting.Reasons}\r\n\r\nMy card, by the way, is 4111 1111 1111 1111.",
        }));
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        await person.ConfirmAsync(Objecting.Asks);

        var stopped = await host.Outbox.ReceiveAsync(person.Address, Objecting.Stopped);
        Assert.Contains("How you used our websites and products. Our interest: Running, securing and improving our products.", stopped.Text);
        Assert.DoesNotContain("former partner", stopped.Text);
        var reference = stopped.Text![(stopped.Text!.IndexOf("Reference: ", StringComparison.Ordinal) + 11)..][..32];
        Assert.Equal(Objecting.Each("Restriction"), await host.HoldsOfAsync(reference));
        var waits = await host.Outbox.ReceiveAsync(ErasureMails.Officer, Objecting.Waits, about: [reference]);
        Assert.Contains("How you used our websites and products", waits.Text);
        Assert.DoesNotContain(person.Address, waits.Text);
        Assert.DoesNotContain("former partner", waits.Text);

        // An operator reads it, needs more time, and finds that the person is right.
        Assert.Equal([$"{Objecting.Reasons}\n\nMy card, by the way, is …1111."], (await host.StatementAsync(reference)).Words());
        await host.OperateAsync($"cases/{reference}/extension", new { reason = "complex" });
        Assert.Equal(HttpStatusCode.OK, (await host.WeighAsync(reference, "upheld", "You are at risk.\nWe need no log for that.")).Status);
        var told = await host.Outbox.ReceiveAsync(person.Address, Objecting.Upheld);
        Assert.Contains("You are at risk.\n\nWe need no log for that.", told.Text!.ReplaceLineEndings("\n"));
        Assert.Contains("/requests/erasure", told.Text);
        Assert.Contains("go to court", told.Text);
        var closed = await host.UntilAsync(reference, view => view.Status() == "closed");
        Assert.Equal(
            ["received", "confirmation-asked", "confirmed", "use-stopped", "due-extended", "use-weighed", "use-upheld-told", "closed"],
            closed.Steps());
        Assert.True(closed.ChainIsIntact());
        Assert.Equal("upheld", (await host.StatementAsync(reference)).GetProperty("outcome").GetString());
        Assert.False(await RecordsLook.HoldAsync(host.Storage, "former partner"));

        // It is not used any more, and goes when its person wants it to.
        Assert.Equal(Objecting.Each("Objection"), await host.HoldsOfAsync(reference));
        var erasure = await person.AskAsync(right: "erasure");
        await person.ConfirmAsync("Please confirm your request to erase");
        var plan = await host.ApproveWaitingPlanAsync(erasure);
        Assert.DoesNotContain("restricted", plan.GetRawText(), StringComparison.Ordinal);
        await host.UntilAsync(erasure, view => view.Status() == "closed");
        Assert.Equal(0, await host.RowsAsync("companyUsage", id));
    }

    // What somebody merely entered as theirs is not restricted in their name.
    [Fact]
    public async Task Objection_OfSomebodyWhoNamesAStrangersAddress_LeavesTheStrangerAlone()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var (second, stranger) = (await SmallCompany.AddAddressAsync(host, id), DataSubject.Stranger(host));
        await SmallCompany.ShareAsync(host, stranger.Address, id, isProven: false);
        var reference = await person.ObjectAsync(host);

        var stopped = await host.Outbox.ReceiveAsync(person.Address, Objecting.Stopped);
        Assert.Contains(second.Address, stopped.Text);
        Assert.DoesNotContain(stranger.Address, stopped.Text);
        Assert.Equal(2, await host.LinksAsync(reference, "referrals-received")); // the other address and the person's id
    }

    [Fact]
    public async Task Signal_OfTheBrowser_IsToldOfWhereItCountsAndNowhereElse()
    {
        var host = await ScenarioHost.SharedAsync();
        foreach (var (path, tells) in new[] { ("", true), ("requests/objection", true), ("requests/access", false) })
            foreach (var signal in new[] { "1", "0", "1, 1", null })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                if (signal is not null) request.Headers.Add("Sec-GPC", signal);
                using var answer = await host.App.SendAsync(request);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                Assert.Equal(tells, answer.Headers.Vary.Contains("Sec-GPC"));
                Assert.Equal(tells && signal == "1", (await answer.Content.ReadAsStringAsync()).Contains("Global Privacy Control", StringComparison.Ordinal));
            }

        using var support = await host.App.GetAsync(".well-known/gpc.json");
        Assert.Equal((HttpStatusCode.OK, "application/json"), (support.StatusCode, support.Content.Headers.ContentType?.MediaType));
        Assert.Matches("""^\{"gpc":true,"lastUpdate":"\d{4}-\d{2}-\d{2}"\}$""", await support.Content.ReadAsStringAsync());
    }
}
