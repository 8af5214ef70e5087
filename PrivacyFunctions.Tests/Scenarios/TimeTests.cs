using System.Net;
using AngleSharp.Html.Parser;
using Azure.Storage.Blobs;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>What happens to an access request when time passes. Each test has a host of its own, whose clock it moves.</summary>
[Clause("R-ACCESS")]
public class TimeTests
{
    private static readonly TimeSpan ConfirmationWindow = TimeSpan.FromDays(14);
    private static readonly TimeSpan ExportLifetime = TimeSpan.FromDays(14);

    [LocalFact("moves its clock", typeof(AccessOnAnyHostTests))]
    [Clause("L9")]
    public async Task Unconfirmed_AfterFourteenDays_IsToldWhyAndCanResume()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        var firstLink = await person.LinkAsync(Mails.Confirm);

        await host.PassAsync(ConfirmationWindow - TimeSpan.FromHours(1));
        Assert.Equal("awaitingConfirmation", (await host.CaseAsync(reference)).Status());
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Mails.NotIdentified));

        await host.PassAsync(TimeSpan.FromHours(1));
        var rested = await host.CaseAsync(reference);
        Assert.Equal(("notIdentified", "notIdentified"), (rested.Status(), rested.Outcome()));
        var notice = Assert.Single(await host.Outbox.AllAsync(person.Address, Mails.NotIdentified));
        Assert.Contains("You can go on with the request until", notice.Text);
        Assert.Contains("complain", notice.Text);

        using (var late = await person.PostAsync(firstLink)) Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        using (var resumed = await person.PostAsync(DataSubject.LinkIn(notice))) Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
        Assert.Contains("data.json", (await person.DownloadAsync()).Names);

        var view = await host.CaseAsync(reference);
        Assert.Equal(
            ["received", "confirmation-asked", "not-identified", "confirmed", "gathered", "export-offered", "export-opened"], view.Facts());
        Assert.True(view.ChainIsIntact());
    }

    [LocalFact("moves its clock", typeof(AccessOnAnyHostTests))]
    [Clause("L9")]
    public async Task Unconfirmed_AfterTheWindowToResume_IsClosedAndTheAddressForgotten()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        await person.LinkAsync(Mails.Confirm);

        await host.PassAsync(ConfirmationWindow);
        var resume = await person.LinkAsync(Mails.NotIdentified);
        await host.PassAsync(TimeSpan.FromDays(30));

        var view = await host.CaseAsync(reference);
        Assert.Equal(("closed", "notIdentified"), (view.Status(), view.Outcome()));
        using (var late = await person.PostAsync(resume)) Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        Assert.False(await RecordsLook.HoldAsync(host.Storage, person.Address));
    }

    [LocalFact("moves its clock", typeof(AccessOnAnyHostTests))]
    [Clause("K-SCHEDULE")]
    public async Task Package_AfterFourteenDays_IsDeletedAndItsLinksSaySo()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        await person.ConfirmAsync();
        await person.DownloadAsync();
        Assert.True(await PackageBlobsAsync(host, reference) > 0);

        await host.PassAsync(ExportLifetime);

        Assert.Equal(0, await PackageBlobsAsync(host, reference));
        var view = await host.CaseAsync(reference);
        Assert.Equal(("closed", "answered"), (view.Status(), view.Outcome()));
        Assert.Equal(["export-deleted", "closed"], view.Facts().TakeLast(2));
        using var late = await host.App.GetAsync(await person.LinkAsync(Mails.Ready));
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        Assert.False(await RecordsLook.HoldAsync(host.Storage, person.Address));
    }

    [LocalFact("moves its clock", typeof(AccessOnAnyHostTests))]
    public async Task Download_AfterItsHour_NeedsANewCode()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        await person.AskAsync();
        await person.ConfirmAsync();
        var path = await person.OpenAsync();

        await host.PassAsync(TimeSpan.FromHours(1));

        foreach (var over in new[] { path, path.Replace("export/", "opened/", StringComparison.Ordinal) })
        {
            using var late = await host.App.GetAsync(over);
            Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
            var page = new HtmlParser().ParseDocument(await late.Content.ReadAsStringAsync());
            using var asked = await host.App.PostAsync(page.QuerySelector("form")!.GetAttribute("action")!.TrimStart('/'), null);
            Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
        }

        using var fresh = await host.App.GetAsync(await person.OpenAsync());
        Assert.Equal(HttpStatusCode.OK, fresh.StatusCode);
    }

    [LocalFact("moves its clock", typeof(AccessOnAnyHostTests))]
    public async Task Code_AfterTenMinutes_OpensNothing()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        var link = await person.BeOfferedAsync();
        var code = await person.CodeAsync(link);

        await host.PassAsync(TimeSpan.FromMinutes(10));

        using var late = await person.PostAsync($"{link}/open", new { code });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Contains("older than 10 minutes", await late.Content.ReadAsStringAsync());
    }

    [LocalFact("lets everybody's mails fail", typeof(AccessOnAnyHostTests))]
    public async Task Mail_ProviderIsDownForAWhile_ArrivesOnceItIsBack()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        await host.RefuseMailsAsync(next: 6, status: 503);
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();

        await host.PassAsync(TimeSpan.FromMinutes(30));

        await person.ConfirmAsync();
        Assert.Single(await host.Outbox.AllAsync(person.Address, Mails.Confirm));
        Assert.True((await host.CaseAsync(reference)).ChainIsIntact());
    }

    [LocalFact("lets everybody's mails fail", typeof(AccessOnAnyHostTests))]
    public async Task Mail_ProviderIsDownForHours_CaseShowsThatItNeedsAttentionAndGoesOn()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        await host.RefuseMailsAsync(next: 60, status: 500);
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();

        await host.PassAsync(TimeSpan.FromMinutes(40));
        Assert.Equal(["AskForConfirmation"], (await host.CaseAsync(reference)).Attention());

        await host.RefuseMailsAsync(next: 0, status: 500);
        await host.PassAsync(TimeSpan.FromHours(2));
        var view = await host.CaseAsync(reference);
        Assert.Equal(["received", "confirmation-asked", "attention-needed", "attention-over"], view.Facts());
        Assert.Empty(view.Attention());
        await person.ConfirmAsync();
        await person.DownloadAsync();
    }

    [LocalFact("lets everybody's mails fail", typeof(AccessOnAnyHostTests))]
    [Clause("L9")]
    public async Task Mail_ProviderRefusesTheAddressForGood_EndsAsNotIdentified()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        await host.RefuseMailsAsync(next: 100, status: 400);
        var reference = await DataSubject.Stranger(host).AskAsync();

        await host.PassAsync(ConfirmationWindow);
        await host.PassAsync(TimeSpan.FromDays(30));

        var view = await host.CaseAsync(reference);
        Assert.Equal(["received", "confirmation-asked", "mail-refused", "not-identified", "mail-refused", "closed"], view.Facts());
        Assert.Equal(("closed", "notIdentified"), (view.Status(), view.Outcome()));
    }

    [LocalFact("moves its clock", typeof(AccessOnAnyHostTests))]
    public async Task Submission_RepeatedAfterItsCaseIsOver_IsANewRequest()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        var first = await person.AskAsync("the form left open");
        await host.PassAsync(ConfirmationWindow + TimeSpan.FromDays(30));
        Assert.Equal("closed", (await host.CaseAsync(first)).Status());

        var again = new DataSubject(host, person.Address);
        var second = await again.AskAsync("the form left open");

        Assert.NotEqual(first, second);
        Assert.Equal(second, await again.AskAsync("the form left open"));
        Assert.Equal(1, await RecordsLook.CountAsync(host.Storage, person.Address));
        await again.ConfirmAsync();
        await again.DownloadAsync();
    }

    private static async Task<int> PackageBlobsAsync(ScenarioHost host, string reference)
    {
        var count = 0;
        var exports = new BlobServiceClient(host.Storage).GetBlobContainerClient("privacy-exports");
        await foreach (var _ in exports.GetBlobsAsync(
            Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, $"{reference}/", default))
            count++;
        return count;
    }
}
