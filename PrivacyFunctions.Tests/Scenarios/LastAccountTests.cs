using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A person's sign-in and profile go with their last account, and not before.</summary>
[Clause("T-ACTIVE")]
public class LastAccountTests
{
    [LocalFact("moves its clock", typeof(TerminationOnAnyHostTests))]
    [Clause("K-SCHEDULE")]
    public async Task LastAccount_TakesItsOwnersSignInAndProfileWithIt()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        var owners = await SmallCompany.FoundAsync(host, 4);
        var (single, several, held, sold) = (owners[0], owners[1], owners[2], owners[3]);
        var second = await SmallCompany.AddAddressAsync(host, single.PersonId);
        await AddAccountAsync(host, "c-second", several.PersonId);
        await AddPhotoAsync(host, single.PersonId);
        await host.OperateAsync("holds", new
        {
            email = held.Address, id = "h-1", kind = "legal", dataSet = "profiles", ground = "A claim is pending.", owner = "legal-team",
            reviewOn = "2100-01-31",
        });
        await AddAccountAsync(host, "c-sold", sold.PersonId);
        await host.OperateAsync("holds", new
        {
            account = "c-sold", id = "h-2", kind = "legal", ground = "A claim is pending.", owner = "legal-team",
            reviewOn = "2100-01-31",
        });
        await HandOverAsync(host, "c-sold", "q-buyer");
        var ends = await Task.WhenAll(owners.Select(owner => owner.BeEndedAsync()));
        var ofSecond = new Owner(host, several.Address, "c-second");

        await host.PassByWeeksToAsync(Midnight(ends[0].PurgeOn.AddDays(1)));
        Assert.Equal((0, 0, 0, 0), await OfAsync(host, single, second.Address));
        Assert.Equal((1, 1, 0, 0), await OfAsync(host, several)); // who has another account
        Assert.Equal((1, 1, 0, 0), await OfAsync(host, held)); // by the directory the hold is found
        Assert.Equal((1, 1, 0, 0), await OfAsync(host, sold)); // whom the hold met as the owner of the other account
        Assert.Equal(0, await host.RowsAsync("companyAccounts", sold.Account)); // which is no ground to keep this one

        await ComeBackAsync(host, single); // and is no leftover
        var last = await ofSecond.BeEndedAsync();
        await host.OperateAsync("holds/release", new { email = held.Address, id = "h-1" });
        await host.OperateAsync("holds/release", new { account = "c-sold", id = "h-2" });
        await host.PassByWeeksToAsync(Midnight(last.PurgeOn.AddDays(1)));
        Assert.Equal("closed", (await host.CaseAsync(ends[0].Reference)).Status());
        Assert.Equal((1, 1, 0, 0), await OfAsync(host, single));
        Assert.Equal((0, 0, 0, 0), await OfAsync(host, several));
        Assert.Equal((0, 0, 0, 0), await OfAsync(host, held));
        Assert.Equal((0, 0, 0, 0), await OfAsync(host, sold));
    }

    [LocalFact("moves its clock", typeof(TerminationOnAnyHostTests))]
    [Clause("T-KEEP")]
    [Clause("K-EXTEND")]
    public async Task AccountThatIsHandedOver_LeavesTheSignInOfWhoHadItAndHeedsAHoldOnWhoHasIt()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        var owners = await SmallCompany.FoundAsync(host, 4);
        var (former, next, several) = (owners[0], owners[1], owners[2]);
        await AddAccountAsync(host, "c-second", several.PersonId);
        var (ended, other) = (await former.BeEndedAsync(), await several.BeEndedAsync());
        await owners[3].BeEndedAsync();
        foreach (var owner in new[] { former, owners[3] }) await HandOverAsync(host, owner.Account, next.PersonId);
        await host.OperateAsync("holds", new
        {
            email = next.Address, id = "h-1", kind = "legal", dataSet = "customer-accounts", ground = "A claim is pending.",
            owner = "legal-team", reviewOn = "2100-01-31",
        });

        await host.PassToAsync(Midnight(ended.PurgeOn.AddDays(1)));
        Assert.Equal((1, 1, 0, 0), await OfAsync(host, former));
        Assert.Equal(1, await host.RowsAsync("companyAccounts", former.Account));
        Assert.Equal(1, await former.ItemsAsync()); // the held record alone

        // Nor when nothing is left of the account that would say so.
        await host.OperateAsync("holds/release", new { email = next.Address, id = "h-1" });
        await host.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal((0, 0), (await former.ItemsAsync(), await owners[3].ItemsAsync()));
        Assert.Equal((1, 1, 0, 0), await OfAsync(host, former));
        Assert.Equal((1, 1, 0, 0), await OfAsync(host, owners[3]));

        // After its purge a case minds nothing that becomes of the owner's other accounts.
        Assert.Equal((1, 1, 0, 0), await OfAsync(host, several));
        await HandOverAsync(host, "c-second", next.PersonId);
        await host.PassToAsync(Midnight(other.PurgeOn.AddDays(37)));
        Assert.Contains("nothing-came-back", (await host.CaseAsync(other.Reference)).Facts());
        Assert.Equal((1, 1, 0, 0), await OfAsync(host, several));

        // There were no nights, so no backup could be opened: that is told once, in time.
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, "Backups need your attention", about: [other.Reference]);
    }

    /// <summary>What is about the owner goes with the first account then, after its purge had begun without it.</summary>
    [LocalFact("moves its clock", typeof(TerminationOnAnyHostTests))]
    [Clause("K-EXTEND")]
    public async Task AccountThatIsHeld_BecomesItsOwnersLast_AndAllGoesWithItAtTheRelease()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        var owner = (await SmallCompany.FoundAsync(host, 1))[0];
        await AddAccountAsync(host, "c-second", owner.PersonId);
        await host.OperateAsync("holds", new
        {
            account = owner.Account, id = "h-1", kind = "legal", dataSet = "service-contacts", ground = "A claim is pending.",
            owner = "legal-team", reviewOn = "2100-01-31",
        });
        var ended = await owner.BeEndedAsync();
        await host.PassToAsync(Midnight(ended.PurgeOn.AddDays(2)));
        Assert.Equal("purging", (await host.CaseAsync(ended.Reference)).Status());
        await HandOverAsync(host, "c-second", "q-buyer");
        await host.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal((0, 1, 0, 0), await OfAsync(host, owner)); // the directory leads to what is held

        await host.OperateAsync("holds/release", new { account = owner.Account, id = "h-1" });
        await host.PassAsync(TimeSpan.FromDays(2));

        var view = await host.CaseAsync(ended.Reference);
        Assert.Equal("awaitingBackups", view.Status());
        Assert.Empty(view.Attention());
        Assert.Equal((0, 0, 0, 0), await OfAsync(host, owner));
        var ledger = new TableServiceClient(host.Storage).GetTableClient("privacyLedger");
        var profile = await ledger.GetEntityAsync<TableEntity>(ended.Reference, "profiles-erase");
        Assert.Equal((1L, true), (profile.Value.GetInt64("Items"), profile.Value.ContainsKey("CompletedAt")));
    }

    [LocalFact("moves its clock", typeof(TerminationOnAnyHostTests))]
    [Clause("T-KEEP")]
    public async Task OtherAccountWhoseNumberNobodyCanRead_KeepsItsOwnersSignIn()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        var owner = (await SmallCompany.FoundAsync(host, 1))[0];
        await new TableServiceClient(host.Storage).GetTableClient("companyAccounts")
            .AddEntityAsync(new TableEntity("c.2", "account")
            {
                ["OwnerPersonId"] = owner.PersonId, ["CreatedAt"] = SmallCompany.Opened,
            });
        var ended = await owner.BeEndedAsync();

        await host.PassToAsync(Midnight(ended.PurgeOn.AddDays(2)));
        Assert.Equal("awaitingBackups", (await host.CaseAsync(ended.Reference)).Status());
        Assert.Equal((1, 1, 0, 0), await OfAsync(host, owner));
    }

    // Profile, entries under the address and under a second one, photos.
    private static async Task<(int Profile, int Entry, int Second, int Photos)> OfAsync(
        ScenarioHost host, Owner owner, string? second = null)
    {
        var photos = 0;
        await foreach (var _ in new BlobServiceClient(host.Storage).GetBlobContainerClient("company-photos")
            .GetBlobsAsync(default, default, $"{owner.PersonId}/", default)) photos++;
        return (
            await host.RowsAsync("companyProfiles", owner.PersonId), await EntriesAsync(host, owner.Address),
            second is null ? 0 : await EntriesAsync(host, second), photos);
    }

    private static Task<int> EntriesAsync(ScenarioHost host, string address) =>
        host.RowsAsync("companyDirectory", KeyPath.Encode(EmailAddress.Parse(address)));

    private static async Task AddAccountAsync(ScenarioHost host, string account, string person) =>
        await new TableServiceClient(host.Storage).GetTableClient("companyAccounts").AddEntityAsync(new TableEntity(account, "account")
        {
            ["AccountId"] = account, ["OwnerPersonId"] = person, ["CreatedAt"] = SmallCompany.Opened,
        });

    private static async Task HandOverAsync(ScenarioHost host, string account, string person) =>
        await new TableServiceClient(host.Storage).GetTableClient("companyAccounts").UpsertEntityAsync(
            new TableEntity(account, "account") { ["OwnerPersonId"] = person }, TableUpdateMode.Merge);

    private static async Task ComeBackAsync(OwnClockHost host, Owner owner)
    {
        var tables = new TableServiceClient(host.Storage);
        await tables.GetTableClient("companyDirectory").AddEntityAsync(
            new TableEntity(KeyPath.Encode(EmailAddress.Parse(owner.Address)), "again")
            {
                ["Email"] = owner.Address, ["PersonId"] = owner.PersonId, ["VerifiedAt"] = await host.NowAsync(),
            });
        await tables.GetTableClient("companyProfiles").AddEntityAsync(
            new TableEntity(owner.PersonId, "profile") { ["Name"] = "Who came back", ["Email"] = owner.Address });
    }

    private static async Task AddPhotoAsync(ScenarioHost host, string person) =>
        await new BlobServiceClient(host.Storage).GetBlobContainerClient("company-photos").GetBlobClient($"{person}/photo.jpg")
            .UploadAsync(new BinaryData("a photo"));

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
