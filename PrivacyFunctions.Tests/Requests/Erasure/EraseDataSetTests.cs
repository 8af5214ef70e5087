using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Accounts;
using PrivacyFunctions.Cases;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Clock;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Evidence;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Policy;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Sources;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Erasure;

/// <summary>Nothing is destroyed unless the case itself says that it is its time, and no hold forbids it at that moment.</summary>
[Clause("R-ERASE")]
public class EraseDataSetTests
{
    private const string Orders = "orders";
    private const string Gifts = "gifts";
    private const string Hold = "h-1";
    private const int Batch = 100;

    private readonly string _store = $"erase{Guid.NewGuid():N}";
    private readonly string _person = $"n-{Guid.NewGuid():N}";
    private readonly EmailAddress _address = EmailAddress.Parse($"{Guid.NewGuid():N}@example.com");

    [Fact]
    public async Task Erase_OfACaseThatDoesNotCarryOutThePlan_DestroysNothing()
    {
        var records = await SharedRecords.OpenAsync();
        var id = await records.OpenCaseAsync();

        // What reads or destroys anything is not there: whatever was asked of it would be another failure.
        var step = new EraseDataSet(null!, records.Cases, null!, null!, null!, null!, null!, null!, null!, null!);

        await Assert.ThrowsAsync<TooEarlyException>(() => step.RunAsync(new(id, "a-plan", "profiles", 0), default));
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Erase_HeldWhileABatchIsUnderWay_BeginsNoOther()
    {
        var ground = await OpenAsync((2 * Batch) + 30);
        ground.Source.Meanwhile = () => HoldAsync(ground, Orders);

        Assert.Null((await ground.Erase.RunAsync(new(ground.Case, ground.Plan, Orders, 0), default)).Next);

        Assert.Equal([Batch], ground.Source.Erasures);
        Assert.Equal(Batch + 30, await LeftAsync());
        Assert.Equal(Batch, await ErasedAsync(ground));
        var entry = Assert.Single(await ground.StoppedAsync());
        Assert.Equal(((2L * Batch) + 30, Batch), (entry.GetInt64("Items")!.Value, entry.GetInt64("Gone")!.Value));
        Assert.False(entry.ContainsKey("CompletedAt"));
    }

    /// <summary>The answer must not say that everything was kept.</summary>
    [Fact]
    [Clause("K-EXTEND")]
    public async Task Erase_HeldAfterACallThatWasBrokenOff_TellsWhatHadGone()
    {
        var ground = await OpenAsync((2 * Batch) + 30);
        ground.Source.After = () => throw new TimeoutException();
        await Assert.ThrowsAsync<TimeoutException>(() => ground.Erase.RunAsync(new(ground.Case, ground.Plan, Orders, 0), default));
        ground.Source.After = () => Task.CompletedTask;
        await HoldAsync(ground, Orders);

        Assert.Null((await ground.Erase.RunAsync(new(ground.Case, ground.Plan, Orders, 0), default)).Next);

        Assert.Equal(Batch + 30, await LeftAsync());
        Assert.Equal(Batch, await ErasedAsync(ground));
    }

    /// <summary>What the map keeps is no part of what the plan destroys, and must not stand for it.</summary>
    [Fact]
    [Clause("K-EXTEND")]
    public async Task Erase_HeldAfterABrokenCallBesideWhatTheMapKeeps_TellsWhatHadGone()
    {
        var ground = await OpenAsync(Batch + 30);
        var kept = (2 * Batch) + 50;
        ground.Source.After = () => throw new TimeoutException();
        await Assert.ThrowsAsync<TimeoutException>(() => ground.Erase.RunAsync(new(ground.Case, ground.Plan, Orders, 0), default));
        ground.Source.After = () => Task.CompletedTask;
        await AddOrdersAsync(kept, first: 50_000); // as many as came since, which the plan does not list
        await HoldAsync(ground, Orders);

        Assert.Null((await ground.Erase.RunAsync(new(ground.Case, ground.Plan, Orders, 0), default)).Next);

        Assert.Equal(kept + 30, await LeftAsync());
        Assert.Equal(Batch, await ErasedAsync(ground));
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Erase_HeldWhileWhatABrokenCallHadErasedIsRepeated_TellsAllThatHadGone()
    {
        var (ground, erased) = (await OpenAsync((3 * Batch) + 30), 0);
        ground.Source.After = () => ++erased == 2 ? throw new TimeoutException() : Task.CompletedTask;
        await Assert.ThrowsAsync<TimeoutException>(() => ground.Erase.RunAsync(new(ground.Case, ground.Plan, Orders, 0), default));
        ground.Source.After = () => HoldAsync(ground, Orders); // after the first of them again

        Assert.Null((await ground.Erase.RunAsync(new(ground.Case, ground.Plan, Orders, 0), default)).Next);

        Assert.Equal(Batch + 30, await LeftAsync());
        Assert.Equal(2 * Batch, await ErasedAsync(ground));
        Assert.Equal(2 * Batch, Assert.Single(await ground.StoppedAsync()).GetInt64("Gone"));
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Erase_HeldBeforeItsFirstBatch_EntersNothing()
    {
        var ground = await OpenAsync(3);
        await HoldAsync(ground, Orders);

        Assert.Null((await ground.Erase.RunAsync(new(ground.Case, ground.Plan, Orders, 0), default)).Next);

        Assert.Equal(3, await LeftAsync());
        Assert.Empty(await ground.StoppedAsync());
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Erase_OtherSetOfTheSameRowsHeldMeanwhile_LeavesTheRowsThatAreInBoth()
    {
        var ground = await OpenAsync((2 * Batch) + 30, isInTwoSets: true);
        ground.Source.Meanwhile = () => HoldAsync(ground, Gifts);

        await ground.Erase.RunAsync(new(ground.Case, ground.Plan, Orders, 0), default);

        Assert.Equal(Batch + 30, await LeftAsync());
    }

    /// <summary>Nobody would go on with it: at the release nothing had been stopped yet.</summary>
    [Fact]
    [Clause("K-EXTEND")]
    public async Task Rescan_HoldReleasedDuringTheSearch_FindsWhatItNoLongerKeeps()
    {
        var ground = await OpenAsync(orders: 3);
        await HoldAsync(ground, Orders);
        await ground.Erase.RunAsync(new(ground.Case, ground.Plan, Orders, 0), default);
        ground.Source.WhileSearching = () => ground.Holds.ReleaseAsync(_address, Hold, "op-1", default);

        Assert.Equal(CaseStatus.AwaitingApproval, await ground.Rescan.RunAsync(new(ground.Case), default));

        Assert.Equal(3, await LeftAsync());
    }

    /// <summary>The release could not see yet that it had kept anything, and nobody else would look.</summary>
    [Fact]
    [Clause("K-EXTEND")]
    public async Task Tell_HoldReleasedAfterTheLastSearch_GoesOnWithWhatItHadKept()
    {
        var ground = await OpenAsync(orders: 3);
        await HoldAsync(ground, Orders);
        await ground.Erase.RunAsync(new(ground.Case, ground.Plan, Orders, 0), default);
        Assert.Equal(CaseStatus.Erased, await ground.Rescan.RunAsync(new(ground.Case), default));
        await ground.Tell.RunAsync(new(ground.Case), default);
        Assert.Equal([ground.Case], await ground.People.CasesAsync([_address], default)); // it is still in force

        await ground.Holds.ReleaseAsync(_address, Hold, "op-1", default);
        await ground.Tell.RunAsync(new(ground.Case), default);
        await ground.Tell.RunAsync(new(ground.Case), default); // repeated, it is the same case

        var other = Assert.Single(await ground.People.CasesAsync([_address], default), id => id != ground.Case);
        var goesOn = await ground.Cases.GetAsync<SubjectRequest>(other, default);
        Assert.Equal((ground.Case, Hold), (goesOn.Resumes, goesOn.ResumedHold));
    }

    /// <summary>What a hold kept may be another person's by then, who has not asked.</summary>
    [Fact]
    [Clause("K-EXTEND")]
    public async Task Tell_MailboxThatIsSomebodyElsesByNow_LeavesItToAPerson()
    {
        var ground = await OpenAsync(orders: 3);
        await HoldAsync(ground, Orders);
        await ground.Erase.RunAsync(new(ground.Case, ground.Plan, Orders, 0), default);
        Assert.Equal(CaseStatus.Erased, await ground.Rescan.RunAsync(new(ground.Case), default));
        await ground.Holds.ReleaseAsync(_address, Hold, "op-1", default);
        await KnowAsync($"n-{Guid.NewGuid():N}");

        await ground.Tell.RunAsync(new(ground.Case), default);

        Assert.Equal([ground.Case], await ground.People.CasesAsync([_address], default));
        Assert.Contains(ground.Mailer.Mails, mail => mail.Letter.Subject == "A hold was released, and somebody has to go on with an erasure");
    }

    private async Task<Ground> OpenAsync(int orders, bool isInTwoSets = false)
    {
        var records = await SharedRecords.OpenAsync();
        var (time, storage) = (TimeProvider.System, records.Storage);
        var people = new People(
            storage, Options.Create(new PrivacyOptions { Pepper = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) }), time);
        var holds = new Holds(storage, people, time);
        var source = new WatchedSource(new TableDataSource(SetCopy.StorageAt(await SharedAzurite.ConnectionStringAsync())));
        var (map, sources) = (Map(isInTwoSets), new PersonalDataSources([source]));
        var (locator, vault) = (new SubjectLocator(map, sources), new ErasureVault(storage, new EphemeralDataProtectionProvider()));
        var owners = new AccountOwners(map, sources, locator, new(storage, records.Cases, time));
        var ownerLinks = new OwnerLinks(storage, people);
        var protections = new PersonProtections(holds, new(holds, ownerLinks, owners, map), people, records.Cases);
        var (plans, legal) = (new ErasurePlans(storage), new LegalTime(Options.Create(new PolicyOptions()), storage, time));
        var resumed = new ResumedErasures(records.Cases, plans, people);
        var planner = new ErasurePlanner(map, sources, protections, vault, plans, records.Cases, resumed, legal);
        await FillAsync(orders);
        var (id, plan) = await BeginAsync(records.Cases, planner, vault, await locator.LocateAsync(_address, default));
        var (subjects, ledger) = (new ErasureSubjects(vault, locator), new ErasureLedger(storage, time));
        var contacts = new Contacts(storage);
        await contacts.KeepAsync(id, _address, default);
        Assert.True(PersonId.TryParse(_person, out var person));
        await people.NotePersonsAsync(_address, id, [person], default);
        var mailer = new ListeningMailer();
        var site = Options.Create(new SiteOptions { BaseUrl = new("http://127.0.0.1/") });
        var mails = new CaseMails(storage, contacts, mailer, site, time);
        var resumption = new ErasureResumption(
            locator, owners, people, new(storage, people, holds, time), ownerLinks, records.Cases, new(records.Cases, contacts, people),
            plans, legal, new(records.Cases, new(storage, time), [], NullLogger<IntentDispatcher>.Instance));
        return new(
            records.Cases, people, mailer, await storage.TableAsync("privacyLedger"), holds, source, id, plan,
            new(map, records.Cases, sources, protections, subjects, vault, plans, planner, ledger, people),
            new(records.Cases, subjects, planner, resumed, protections, ledger, people),
            new(map, records.Cases, plans, subjects, protections, resumption, new(map, mails), mails));
    }

    private Task<HoldPlacing> HoldAsync(Ground ground, string set) =>
        ground.Holds.PlaceAsync(_address, new(Hold, HoldKind.Legal, set, "A claim.", "legal", new(2099, 1, 1)), "op-1", default);

    private async Task<int> LeftAsync() => await (await TableAsync(Orders)).QueryAsync<TableEntity>().CountAsync();

    private static async Task<long> ErasedAsync(Ground ground) => (await ground.Cases.AuditAsync(ground.Case, default))
        .Select(link => link.Shown).OfType<AuditEntry>().Select(entry => entry.Fact).OfType<CaseFact.DataSetErased>().Single().Items;

    private sealed record Ground(
        CaseStore Cases, People People, ListeningMailer Mailer, TableClient Ledger, Holds Holds, WatchedSource Source, CaseId Case, string Plan, EraseDataSet Erase,
        RescanData Rescan, TellErased Tell)
    {
        /// <summary>The entries of the ledger that a hold stopped.</summary>
        public async Task<List<TableEntity>> StoppedAsync() => await Ledger
            .QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Case.Value}"))
            .Where(entry => entry.ContainsKey("StoppedAt")).ToListAsync();
    }

    // A case whose plan is approved and being carried out.
    private static async Task<(CaseId Case, string Plan)> BeginAsync(
        CaseStore cases, ErasurePlanner planner, ErasureVault vault, SubjectKeys who)
    {
        var (received, fact) = RequestDecisions.Receive(
            CaseId.FromBytes(Guid.NewGuid().ToByteArray()), CaseKind.Erasure,
            new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)), DateTimeOffset.UtcNow,
            new(2026, 3, 2), HolidayCalendar.EuropeanSample, "form", "c0");
        var id = (await cases.CreateAsync(received, [fact], Actors.Subject, default)).Id;
        await DecideAsync(RequestDecisions.Confirm);
        var identifiers = await vault.KeepAsync(id, ErasureIdentifiers.Of(who), default);
        var plan = await planner.MakeAsync(id, identifiers, default);
        await DecideAsync(state => ErasureDecisions.Plan(state, plan));
        await DecideAsync(state => ErasureDecisions.Approve(state, plan.Hash(), "op-1"));
        await DecideAsync(state => ErasureDecisions.Begin(state, plan));
        return (id, plan.Hash());

        Task DecideAsync(Func<SubjectRequest, Decision> decide) =>
            cases.ExecuteAsync(id, Guid.NewGuid().ToString("N"), Actors.System, decide, [], default);
    }

    private async Task FillAsync(int orders)
    {
        await KnowAsync(_person);
        await AddOrdersAsync(orders, first: 0);
    }

    private async Task KnowAsync(string person) =>
        await (await TableAsync("customers")).AddEntityAsync(new TableEntity(KeyPath.Encode(_address), person)
        {
            ["Customer"] = person, ["Mail"] = _address.Value, ["SeenAt"] = DateTimeOffset.UtcNow,
        });

    private async Task AddOrdersAsync(int orders, int first)
    {
        var table = await TableAsync(Orders);
        foreach (var few in Enumerable.Range(first, orders).Chunk(Batch))
            await table.SubmitTransactionAsync(few.Select(number => new TableTransactionAction(
                TableTransactionActionType.Add,
                new TableEntity(_person, $"{number:D5}") { ["What"] = "A lamp", ["OrderedAt"] = DateTimeOffset.UtcNow })));
    }

    // Where the orders are gifts as well, each row is in two sets of one table.
    private DataMapRegister Map(bool isInTwoSets)
    {
        var map = JsonNode.Parse(SmallMap.Json)!.AsObject();
        foreach (var set in new[] { "customers", Orders }) map.Set(set)["store"]!["name"] = _store + set;
        if (isInTwoSets)
        {
            var gifts = map.Set(Orders).DeepClone().AsObject();
            gifts["id"] = Gifts;
            map.Set(Orders).Parent!.AsArray().Add((JsonNode)gifts);
        }

        return DataMapRegister.Load(map.ToJsonString());
    }

    private async Task<TableClient> TableAsync(string set)
    {
        var table = new TableClient(await SharedAzurite.ConnectionStringAsync(), _store + set);
        await table.CreateIfNotExistsAsync();
        return table;
    }
}
