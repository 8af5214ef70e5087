using System.Net;
using System.Security.Cryptography;
using System.Text;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>From the page behind the code to the last mail about a package that another controller gets (GDPR art. 20(2)).</summary>
[Clause("R-PORT")]
public class PortabilityTransmissionTests
{
    private const string Typed = "<b>Initech</b> & Sons";

    private static readonly TimeSpan UntilItEnds = TimeSpan.FromDays(14) + TimeSpan.FromHours(1);

    [Fact]
    [Clause("C-SECURE")]
    public async Task Package_ForAnotherController_IsThePersonsOwnWithASignatureThatThePublishedKeyChecks()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.WriteAsync("companyProfiles", id, "profile", ("Name", "A given name"));
        var (reference, bank) = (await person.GetReadyAsync(), Transmitting.FreshMailbox());
        using var own = await host.App.GetAsync(await person.OpenAsync(PortabilityTests.Ready));
        var (name, mine) = (own.Content.Headers.ContentDisposition!.FileName!, await own.Content.ReadAsByteArrayAsync());

        // The person names the company; what they typed is text.
        var page = await person.TransmissionPageAsync();
        using (var form = await host.App.GetAsync(page)) Assert.Contains("What happens when you press the button", (await form.SeenAsync()).Body!.TextContent);
        Assert.Empty(await host.Outbox.AllAsync(bank));
        using (var answer = await host.NameControllerAsync(page, bank, Typed))
        {
            var said = await answer.SeenAsync();
            Assert.Equal((HttpStatusCode.OK, 0), (answer.StatusCode, said.QuerySelectorAll("main b").Length));
            Assert.Contains($"{bank} ({Typed})", said.Body!.TextContent);
        }

        // The company learns nothing of the person before it presses the button.
        var mail = await host.Outbox.ReceiveAsync(bank, Transmitting.Offered);
        foreach (var words in new[] { person.Address, "Initech", "A given name" })
        {
            Assert.DoesNotContain(words, mail.Text);
            Assert.DoesNotContain(words, mail.Html);
        }

        Assert.Contains(reference, mail.Text);
        Assert.Contains("do nothing", mail.Text);
        var link = DataSubject.LinkIn(mail);
        using (var looked = await host.App.SendAsync(new(HttpMethod.Head, link))) Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        using (var opened = await host.App.GetAsync(link))
        {
            var shown = (await opened.SeenAsync()).DocumentElement.OuterHtml;
            Assert.Contains("Download the package", shown);
            Assert.DoesNotContain(person.Address, shown);
            Assert.DoesNotContain("Initech", shown);
        }

        Assert.DoesNotContain("transmission-handed-over", (await host.CaseAsync(reference)).Facts());

        // The same file, as often as it is fetched, and its signature.
        foreach (var _ in new[] { 1, 2 }) Assert.Equal((name, Convert.ToHexString(mine)), Shown(await host.FetchAsync(link)));
        var (signatureName, signature) = await host.FetchAsync($"{link}/signature");
        var manifest = await host.CheckedAsync(signature);
        Assert.Equal($"{name}.jws", signatureName);
        Assert.Equal(["iss", "name", "jti", "file", "bytes", "sha256", "date"], manifest.EnumerateObject().Select(claim => claim.Name));
        Assert.Equal((reference, name), (manifest.GetProperty("jti").GetString(), manifest.GetProperty("file").GetString()));
        Assert.Equal((mine.Length, Convert.ToHexStringLower(SHA256.HashData(mine))), (manifest.GetProperty("bytes").GetInt32(), manifest.GetProperty("sha256").GetString()));
        using (var receipt = await host.App.GetAsync($"receipts/{Encoding.ASCII.GetString(signature)}")) Assert.Equal(HttpStatusCode.NotFound, receipt.StatusCode);

        // It is noted once, with the hash and without a word of the person's, who is told.
        var view = await host.CaseAsync(reference);
        Assert.Equal(["transmission-asked", "transmission-handed-over"], view.Facts().TakeLast(2));
        Assert.Equal(("subject", "recipient", true), (view.ActorOf("transmission-asked"), view.ActorOf("transmission-handed-over"), view.ChainIsIntact()));
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(mine)), view.GetProperty("audit").GetRawText());
        Assert.False(await RecordsLook.HoldAsync(host.Storage, bank));
        Assert.False(await RecordsLook.HoldAsync(host.Storage, "Initech</b>"));
        await host.FireAsync("SendOwedMails");
        await host.Outbox.ReceiveAsync(person.Address, Transmitting.HandedOver);
        using (var again = await host.App.GetAsync(page)) Assert.Contains("The package was downloaded there on", (await again.SeenAsync()).Body!.TextContent);

        // A later copy of their data tells who got it.
        var told = Assert.Single((await person.ReceiveACopyAsync(host)).Set("transmissions").GetProperty("records").EnumerateArray()).GetProperty("values");
        Assert.Equal((Typed, bank), (told.GetProperty("Controller").GetString(), told.GetProperty("Address").GetString()));
        Assert.NotEmpty(told.GetProperty("HandedOverOn").GetString()!);
    }

    [LocalFact("moves its clock", typeof(PortabilityTransmissionTests))]
    [Clause("K-SCHEDULE")]
    public async Task Package_AtItsEnd_EndsTheLinks_AndThePersonHearsWhoDidNotFetchIt()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 2);
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.GetReadyAsync();
        var page = await person.TransmissionPageAsync();
        var fetched = await host.TransmitAsync(page, Transmitting.FreshMailbox(), "Initech");
        var missed = await host.TransmitAsync(page, Transmitting.FreshMailbox(), "Globex");
        await host.FetchAsync(fetched);

        await host.PassAsync(UntilItEnds);

        await host.UntilAsync(reference, view => view.Status() == "closed");
        Assert.Contains("send your data to Initech.", (await host.Outbox.ReceiveAsync(person.Address, Transmitting.HandedOver)).Text);
        Assert.Contains("Not downloaded by: Globex.", Assert.Single(await host.Outbox.AllAsync(person.Address, Transmitting.NotFetched)).Text);
        Assert.Single(await host.Outbox.AllAsync(person.Address, Transmitting.HandedOver));
        foreach (var link in new[] { fetched, missed })
        {
            using var opened = await host.App.GetAsync(link);
            Assert.Equal(HttpStatusCode.Gone, opened.StatusCode);
            Assert.Contains("This link has ended", (await opened.SeenAsync()).Body!.TextContent);
            foreach (var path in new[] { link, $"{link}/signature" })
                using (var late = await host.App.PostAsync(path, content: null)) Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        }

        using (var form = await host.NameControllerAsync(page, Transmitting.FreshMailbox())) Assert.Equal(HttpStatusCode.Gone, form.StatusCode);
        Assert.Equal(0, await host.RowsAsync("privacyOwedMails", "owed"));
        var told = Assert.Single((await person.ReceiveACopyAsync(host)).Set("transmissions").GetProperty("records").EnumerateArray()).GetProperty("values");
        Assert.Equal("Initech", told.GetProperty("Controller").GetString());
        Assert.False(told.TryGetProperty("Address", out _));
    }

    [LocalFact("moves its clock", typeof(PortabilityTransmissionTests))]
    public async Task Package_OfACaseThatAnOperatorStopped_IsHandedOverAsThePersonCouldFetchIt_AndEndsInTime()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.GetReadyAsync();
        await host.OperateAsync($"cases/{reference}/pause", new { });

        var page = await person.TransmissionPageAsync();
        var link = await host.TransmitAsync(page, Transmitting.FreshMailbox());
        await host.FetchAsync(link);
        await host.TransmitAsync(page, Transmitting.FreshMailbox());
        await host.PassAsync(UntilItEnds);

        await host.Outbox.ReceiveAsync(person.Address, Transmitting.NotFetched);
        using var late = await host.App.PostAsync(link, content: null);
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
    }

    [LocalFact("moves its clock", typeof(PortabilityTransmissionTests))]
    public async Task Mailbox_ThatHasComeToSomebodyElse_GetsNoWordOfIt()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 2);
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var (_, heir) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.GetReadyAsync();
        var page = await person.TransmissionPageAsync();
        var link = await host.TransmitAsync(page, Transmitting.FreshMailbox());
        await host.TransmitAsync(page, Transmitting.FreshMailbox());

        await SmallCompany.LeaveAsync(host, person.Address, id);
        await SmallCompany.ShareAsync(host, person.Address, heir);
        await host.FetchAsync(link);
        await host.PassAsync(UntilItEnds);

        await host.UntilAsync(reference, view => view.Status() == "closed");
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Transmitting.HandedOver));
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Transmitting.NotFetched));
        Assert.Empty((await person.ReceiveACopyAsync(host)).Set("transmissions").GetProperty("records").EnumerateArray());
    }

    private static (string, string) Shown((string Name, byte[] Content) file) => (file.Name, Convert.ToHexString(file.Content));
}
