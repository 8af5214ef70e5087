using System.Net;
using Azure.Data.Tables;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>An account that ends is handed over: its former owner decides nothing about it any more, and gets none of its data.</summary>
[Clause("T-EXPORT")]
public class FormerOwnerOnAnyHostTests
{
    [Fact]
    [Clause("T-KEEP")]
    public async Task FormerOwner_WithTheLinksInTheMailbox_UndoesNothingAndGetsNoData()
    {
        var host = await ScenarioHost.SharedAsync();
        var owners = await SmallCompany.JoinAsync(host, 2);
        var (former, next) = (owners[0], owners[1]);
        var person = new DataSubject(host, former.Address);
        var reference = await former.AskAsync();
        await former.ConfirmAsync();
        var (undo, download) = (await former.LinkAsync(TerminationMails.Ends), await former.LinkAsync(TerminationMails.Export));
        var stream = await person.OpenLinkAsync(download);

        await HandOverAsync(host, former.Account, next.PersonId);
        var codes = (await host.Outbox.AllAsync(former.Address, Mails.Code)).Count;
        using (var refused = await former.PostAsync(undo)) Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using (var refused = await host.App.GetAsync(stream)) Assert.Equal(HttpStatusCode.Gone, refused.StatusCode);
        using (var refused = await host.App.GetAsync(download)) Assert.Equal(HttpStatusCode.Gone, refused.StatusCode);
        using (var refused = await person.PostAsync($"{download}/code")) Assert.Equal(HttpStatusCode.Gone, refused.StatusCode);

        Assert.Equal(codes, (await host.Outbox.AllAsync(former.Address, Mails.Code)).Count);
        Assert.DoesNotContain("termination-undone", (await host.CaseAsync(reference)).Facts());

        // Handed back, it is theirs as before.
        await HandOverAsync(host, former.Account, former.PersonId);
        using (var page = await host.App.GetAsync(download)) Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using (var undone = await former.PostAsync(undo)) Assert.Equal(HttpStatusCode.OK, undone.StatusCode);
    }

    [Fact]
    [Clause("R-ERASE")]
    public async Task OwnerWhoWasErased_StillGetsTheCopyOfTheAccount()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        await owner.BeEndedAsync();
        var link = await owner.LinkAsync(TerminationMails.Export);
        var reference = await new DataSubject(host, owner.Address).AskToEraseAsync();
        await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(0, await host.RowsAsync("companyProfiles", owner.PersonId));

        var package = await new DataSubject(host, owner.Address).FetchAsync(link);

        Assert.Contains("service-contacts.csv", package.Names);
    }

    [Fact]
    public async Task OwnerWhoMovedToAnotherMailbox_GetsNothingThroughTheOldOne()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        await owner.AskAsync();
        await owner.ConfirmAsync();
        var download = await owner.LinkAsync(TerminationMails.Export);
        await SmallCompany.AddAddressAsync(host, owner.PersonId);
        await new TableServiceClient(host.Storage).GetTableClient("companyDirectory")
            .DeleteEntityAsync(KeyPath.Encode(EmailAddress.Parse(owner.Address)), owner.PersonId);

        using var refused = await host.App.GetAsync(download);
        Assert.Equal(HttpStatusCode.Gone, refused.StatusCode);
    }

    private static async Task HandOverAsync(ScenarioHost host, string account, string person) =>
        await new TableServiceClient(host.Storage).GetTableClient("companyAccounts").UpsertEntityAsync(
            new TableEntity(account, "account") { ["OwnerPersonId"] = person }, TableUpdateMode.Merge);
}
