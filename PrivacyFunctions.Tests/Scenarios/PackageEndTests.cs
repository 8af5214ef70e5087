using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A package goes when its time is over, whatever the workflow of its case waits for.</summary>
[Clause("K-SCHEDULE")]
[Clause("R-ACCESS")]
public class PackageEndTests
{
    [LocalFact("lets everybody's mails fail", typeof(AccessOnAnyHostTests))]
    public async Task Package_WhileMailIsDown_IsDeletedInTimeAndItsPersonIsToldAfterwards()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        var link = await person.LinkAsync(Mails.Confirm);
        await host.RefuseMailsAsync(next: 100_000, status: 503);
        using (await person.PostAsync(link)) await host.PassAsync(TimeSpan.FromHours(1));
        Assert.NotEqual(0, await BlobsAsync(host, reference));

        await host.PassAsync(TimeSpan.FromDays(14) - TimeSpan.FromHours(2));
        Assert.NotEqual(0, await BlobsAsync(host, reference));
        await host.PassAsync(TimeSpan.FromHours(3));
        Assert.Equal(0, await BlobsAsync(host, reference));
        Assert.Contains("export-deleted", (await host.CaseAsync(reference)).Facts());
        Assert.Equal(0, await host.RowsAsync("privacyPackages", "end"));

        await host.RefuseMailsAsync(next: 0, status: 503);
        await host.PassAsync(TimeSpan.FromDays(1));
        var told = await host.Outbox.ReceiveAsync(person.Address, "We could not tell you in time");
        Assert.Contains("Please ask for it again", told.Text);
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Mails.Ready));
        var view = await host.CaseAsync(reference);
        Assert.Equal("closed", view.Status());
        Assert.Single(view.Facts(), "export-deleted");
    }

    /// <summary>The link would open nothing, but it is not theirs to know that there is a copy.</summary>
    [LocalFact("lets everybody's mails fail", typeof(FormerOwnerOnAnyHostTests))]
    [Clause("T-EXPORT")]
    public async Task PackageOfAnAccount_HandedOverBeforeItsMailWent_IsOfferedToNobodyWhoOwnsItNoMore()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        var owners = await SmallCompany.FoundAsync(host, 2);
        var tables = new TableServiceClient(host.Storage);
        await tables.DeleteTableAsync("companyServiceContacts"); // so that the copy is made after the first mail
        var reference = await owners[0].AskAsync();
        await owners[0].ConfirmAsync();
        await owners[0].LinkAsync(TerminationMails.Ends);
        await host.RefuseMailsAsync(next: 100_000, status: 503);
        await tables.CreateTableAsync("companyServiceContacts");
        await host.PassAsync(TimeSpan.FromDays(1));
        Assert.Contains("export-offered", (await host.CaseAsync(reference)).Facts());

        await tables.GetTableClient("companyAccounts").UpsertEntityAsync(
            new TableEntity(owners[0].Account, "account") { ["OwnerPersonId"] = owners[1].PersonId }, TableUpdateMode.Merge);
        await host.RefuseMailsAsync(next: 0, status: 503);
        await host.PassAsync(TimeSpan.FromDays(2));

        Assert.Empty((await host.CaseAsync(reference)).Attention()); // mails go again
        Assert.Empty(await host.Outbox.AllAsync(owners[0].Address, TerminationMails.Export));
    }

    [LocalFact("moves its clock", typeof(AccessOnAnyHostTests))]
    public async Task Package_OfACaseThatAnOperatorStopped_IsDeletedInTime()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        await person.ConfirmAsync();
        await person.LinkAsync(Mails.Ready);
        await host.OperateAsync($"cases/{reference}/pause", new { });

        await host.PassAsync(TimeSpan.FromDays(14) + TimeSpan.FromHours(1));

        Assert.Equal(0, await BlobsAsync(host, reference));
    }

    private static async Task<int> BlobsAsync(ScenarioHost host, string reference)
    {
        var blobs = 0;
        await foreach (var _ in new BlobServiceClient(host.Storage).GetBlobContainerClient("privacy-exports")
            .GetBlobsAsync(default, default, $"{reference}/", default)) blobs++;
        return blobs;
    }
}
