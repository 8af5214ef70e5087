using System.Net;
using Azure.Data.Tables;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>What can stand in the way of a purge keeps its own part and nothing else, and is told in time.</summary>
[Clause("T-ACTIVE")]
public class PurgeTroubleTests
{
    private const string Contacts = "companyServiceContacts";
    private const string NeedsAttention = "A purge needs your attention";
    private const string InUseAgain = "The number of an ended account is in use again";
    private const string Waits = "A purge waits";

    [LocalFact("moves its clock", typeof(TerminationOnAnyHostTests))]
    public async Task StoreThatIsAway_KeepsItsOwnDataSetAndTheRestGoesOnTime()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        var owner = (await SmallCompany.FoundAsync(host, 1))[0];
        var ended = await owner.BeEndedAsync();
        await owner.LinkAsync(TerminationMails.Export); // which needs the store
        var contacts = new TableServiceClient(host.Storage).GetTableClient(Contacts);
        await contacts.DeleteAsync();

        await host.PassToAsync(Midnight(ended.PurgeOn.AddDays(1)));
        var view = await host.CaseAsync(ended.Reference);
        Assert.Equal(4, view.Facts().Count(fact => fact == "data-set-purged")); // files, account, profile, photo
        Assert.Equal("purging", view.Status());
        await host.PassToAsync(Midnight(ended.Deadline));
        var told = await host.Outbox.ReceiveAsync(ErasureMails.Officer, NeedsAttention, about: [ended.Reference]);
        Assert.Contains("What is left of the account: service-contacts.", told.Text!);

        await contacts.CreateAsync();
        await contacts.AddEntityAsync(new TableEntity(owner.Account, "c-1") { ["Name"] = "Somebody" });
        await host.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal(0, await owner.ItemsAsync());
        Assert.Equal("awaitingBackups", (await host.CaseAsync(ended.Reference)).Status());
    }

    [LocalFact("moves its clock", typeof(TerminationOnAnyHostTests))]
    [Clause("K-EXTEND")]
    public async Task Escalation_OfAPurgeThatHasOnlyTheOwnersOwnDataLeft_NamesIt()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        var owner = (await SmallCompany.FoundAsync(host, 1))[0];
        var ended = await owner.BeEndedAsync();
        await HoldAsync(host, owner, "h-1", "profiles", "2100-01-31");

        await host.PassToAsync(Midnight(ended.Deadline));

        var told = await host.Outbox.ReceiveAsync(ErasureMails.Officer, NeedsAttention, about: [ended.Reference]);
        Assert.Contains("What is left of the account: profiles, directory.", told.Text!);
    }

    [LocalFact("moves its clock", typeof(TerminationOnAnyHostTests))]
    [Clause("K-EXTEND")]
    public async Task Hold_InTheMiddleOfAPurge_CanBePlacedAndProlonged()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        var owner = (await SmallCompany.FoundAsync(host, 1))[0];
        var ended = await owner.BeEndedAsync();
        await HoldAsync(host, owner, "h-1", "service-files", "2100-01-31");
        await host.PassToAsync(Midnight(ended.PurgeOn.AddDays(1)));
        Assert.Equal(0, await host.RowsAsync("companyAccounts", owner.Account)); // the company itself knows it no more

        // What comes to another data set meanwhile does not wait for the hold.
        await new TableServiceClient(host.Storage).GetTableClient(Contacts).AddEntityAsync(new TableEntity(owner.Account, "late"));
        await host.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal(1, await owner.ItemsAsync());

        await HoldAsync(host, owner, "h-1", "service-files", "2100-02-28");
        await HoldAsync(host, owner, "h-2", null, "2100-01-31");
        await host.OperateAsync("holds/release", new { account = owner.Account, id = "h-1" });
        await host.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal(1, await owner.ItemsAsync());
    }

    [LocalFact("moves its clock", typeof(TerminationOnAnyHostTests))]
    [Clause("T-KEEP")]
    public async Task NumberThatIsGivenToANewAccount_DestroysNothingOfTheNewCustomer()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        var owners = await SmallCompany.FoundAsync(host, 3);
        var (held, gone, next) = (owners[0], owners[1], owners[2]);
        var (first, second) = (await held.BeEndedAsync(), await gone.BeEndedAsync());
        await HoldAsync(host, held, "h-1", "service-files", "2100-01-31");
        await host.OperateAsync("holds", new
        {
            email = gone.Address, id = "h-2", kind = "legal", dataSet = "profiles", ground = "A claim is pending.", owner = "legal-team",
            reviewOn = "2100-01-31",
        });
        await host.PassToAsync(Midnight(first.PurgeOn).AddHours(12)); // before the first search
        Assert.Equal((1, 0), (await held.ItemsAsync(), await gone.ItemsAsync()));

        // The company gives both numbers away: one while data of the old customer is still there, one after the purge.
        await GiveAsync(host, held.Account, next.PersonId);
        await GiveAsync(host, gone.Account, next.PersonId);
        await host.OperateAsync("holds/release", new { account = held.Account, id = "h-1" });
        await host.OperateAsync("holds/release", new { email = gone.Address, id = "h-2" });
        await host.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal(0, await host.RowsAsync("companyProfiles", gone.PersonId)); // the former owner's own goes whoever has the number
        Assert.Equal((3, 2), (await held.ItemsAsync(), await gone.ItemsAsync()));
        Assert.Contains("number-reused", (await host.CaseAsync(first.Reference)).Facts());
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, InUseAgain, about: [first.Reference]);
        Assert.Equal("purging", (await host.CaseAsync(first.Reference)).Status());
        Assert.Contains("number-reused", (await host.CaseAsync(second.Reference)).Facts());
        Assert.DoesNotContain("nothing-came-back", (await host.CaseAsync(second.Reference)).Facts()); // nobody could look

        // The new customer can end the new account, by a case of its own.
        Assert.Equal(HttpStatusCode.Accepted, (await gone.TryBeEndedAsync()).Status);

        // With another number for the new account, what is left of the old one goes.
        await TakeBackAsync(host, held.Account);
        await host.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal(0, await held.ItemsAsync());
        Assert.Equal("awaitingBackups", (await host.CaseAsync(first.Reference)).Status());
    }

    [LocalFact("moves its clock", typeof(TerminationOnAnyHostTests))]
    [Clause("T-KEEP")]
    public async Task NumberOfAnAccountOfUnknownAge_GivenToANewAccountAfterThePurge_DestroysNothingOfTheNewCustomer()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        var owners = await SmallCompany.FoundAsync(host, 2);
        await new TableServiceClient(host.Storage).GetTableClient("companyAccounts").UpsertEntityAsync(
            new TableEntity(owners[0].Account, "account") { ["AccountId"] = owners[0].Account, ["OwnerPersonId"] = owners[0].PersonId },
            TableUpdateMode.Replace);
        var ended = await owners[0].BeEndedAsync();
        await host.PassToAsync(Midnight(ended.PurgeOn.AddDays(10)));
        Assert.Equal(0, await owners[0].ItemsAsync());

        await GiveAsync(host, owners[0].Account, owners[1].PersonId);
        await host.PassToAsync(Midnight(ended.PurgeOn.AddDays(40)));
        Assert.Equal(2, await owners[0].ItemsAsync());
        Assert.Contains("number-reused", (await host.CaseAsync(ended.Reference)).Facts());
    }

    [LocalFact("moves its clock", typeof(TerminationOnAnyHostTests))]
    [Clause("R-ACCESS")]
    public Task AccessRequestUnderAnotherAddress_GoesFirst() => RequestGoesFirstAsync("access", Mails.Confirm, Mails.Ready);

    [LocalFact("moves its clock", typeof(PortabilityTests))]
    [Clause("R-PORT")]
    public Task RequestToTakeDataAlongUnderAnotherAddress_GoesFirst() =>
        RequestGoesFirstAsync("portability", PortabilityTests.Asks, PortabilityTests.Ready);

    private static async Task RequestGoesFirstAsync(string right, string asks, string ready)
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        var owner = (await SmallCompany.FoundAsync(host, 1))[0];
        var second = await SmallCompany.AddAddressAsync(host, owner.PersonId);
        var ended = await owner.BeEndedAsync();
        await second.LinkAsync(TerminationMails.Export); // to the mailbox that was proven last
        await host.PassToAsync(Midnight(ended.PurgeOn.AddDays(-1)));
        var testimonials = new TableServiceClient(host.Storage).GetTableClient("companyTestimonials");
        await testimonials.DeleteAsync(); // so that the answer cannot be made
        await second.AskAsync(right: right);
        await second.ConfirmAsync(asks);

        await host.PassToAsync(Midnight(ended.PurgeOn.AddDays(1)));
        Assert.Equal(4, await owner.ItemsAsync());
        Assert.Contains("purge-deferred", (await host.CaseAsync(ended.Reference)).Facts());
        Assert.Contains(
            "a request of its owner for their data",
            (await host.Outbox.ReceiveAsync(ErasureMails.Officer, Waits, about: [ended.Reference])).Text!);

        await testimonials.CreateAsync();
        await host.PassAsync(TimeSpan.FromDays(2));
        Assert.Contains("csv/customer-accounts.csv", (await second.DownloadAsync(ready)).Names); // with what the purge took since
        Assert.Equal(0, await owner.ItemsAsync());
    }

    private static Task HoldAsync(ScenarioHost host, Owner owner, string id, string? dataSet, string reviewOn) =>
        host.OperateAsync("holds", new
        {
            account = owner.Account, id, kind = "legal", dataSet = dataSet ?? "", ground = "A claim is pending.",
            owner = "legal-team", reviewOn,
        });

    private static async Task GiveAsync(ScenarioHost host, string account, string person)
    {
        var tables = new TableServiceClient(host.Storage);
        await tables.GetTableClient("companyAccounts").AddEntityAsync(new TableEntity(account, "account")
        {
            ["AccountId"] = account, ["OwnerPersonId"] = person, ["CreatedAt"] = SmallCompany.Opened.AddYears(3),
        });
        await tables.GetTableClient(Contacts).AddEntityAsync(new TableEntity(account, "new") { ["Name"] = "A new contact" });
    }

    private static async Task TakeBackAsync(ScenarioHost host, string account)
    {
        var tables = new TableServiceClient(host.Storage);
        await tables.GetTableClient("companyAccounts").DeleteEntityAsync(account, "account");
        await tables.GetTableClient(Contacts).DeleteEntityAsync(account, "new");
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
