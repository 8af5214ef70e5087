using System.Net;
using AngleSharp.Html.Parser;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>A complaint from its form to the mail with its outcome, on whatever host.</summary>
[Clause("R-COMPLAIN")]
[Clause("L10")]
[Clause("L9")]
[Clause("L2")]
[Clause("C-SECURE")]
[Clause("C-MINIMUM")]
public class ComplaintOnAnyHostTests
{
    [Fact]
    public async Task Complaint_FromItsForm_IsAcknowledgedReadDecidedAndTold()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var parser = new HtmlParser();
        var centre = parser.ParseDocument(await host.App.GetStringAsync(""));
        Assert.Contains("/requests/complaint", centre.QuerySelectorAll(".card a").Select(link => link.GetAttribute("href")));
        var form = parser.ParseDocument(await host.App.GetStringAsync("requests/complaint"));
        using var sent = await host.App.PostAsync("requests/complaint", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["submission"] = form.QuerySelector("[name=submission]")!.GetAttribute("value")!, ["email"] = person.Address,
            ["text"] = "You wrote to me again.\r\n\r\nMy card, by the way, is 4111 1111 1111 1111.",
        }));
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);

        // At once, without a proof, and without what was written: the mailbox may be somebody else's.
        var received = await host.Outbox.ReceiveAsync(person.Address, Complaining.Received);
        Assert.Contains("complain to the data protection authority", received.Text);
        Assert.DoesNotContain("wrote to me again", received.Text);
        var reference = Reference(received.Text!);
        var waits = await host.Outbox.ReceiveAsync(ErasureMails.Officer, Complaining.Waits, about: [reference]);
        Assert.DoesNotContain(person.Address, waits.Text);
        Assert.DoesNotContain("wrote to me again", waits.Text);

        await host.UntilItWaitsAsync(reference);
        Assert.Equal(["You wrote to me again.\n\nMy card, by the way, is …1111."], (await host.StatementAsync(reference)).Words());
        Assert.Equal(HttpStatusCode.OK, (await host.DecideAsync(reference, "upheld", "The list was old.\nWe have renewed it.")).Status);

        var told = await host.Outbox.ReceiveAsync(person.Address, Complaining.Decided);
        Assert.Contains("The complaint is justified", told.Text);
        Assert.Contains("The list was old.\n\nWe have renewed it.", told.Text!.ReplaceLineEndings("\n"));
        Assert.Contains("go to court", told.Text);
        var closed = await host.UntilAsync(reference, view => view.Status() == "closed");
        Assert.Equal(
            ["received", "complaint-acknowledged", "complaint-decided", "complaint-finding-told", "closed"], closed.Facts());
        Assert.Equal("answered", closed.Outcome());
        Assert.True(closed.ChainIsIntact());
        Assert.False(await RecordsLook.HoldAsync(host.Storage, "wrote to me again"));
    }

    private static string Reference(string text) => text[(text.IndexOf("Reference: ", StringComparison.Ordinal) + 11)..][..32];
}
