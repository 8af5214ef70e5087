using System.Security.Cryptography;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Sources;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations;

/// <summary>The step that destroys a data set of an account, in stores of the test's own.</summary>
[Clause("T-ACTIVE")]
public class PurgeDataSetTests
{
    private const string Set = "service-contacts";
    private const int Together = 400; // four batches of a hundred

    private static readonly DateTimeOffset Opened = new(2024, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private readonly string _store = $"purge{Guid.NewGuid():N}";
    private readonly AccountId _account = AccountId.Parse($"t-{Guid.NewGuid():N}");
    private WatchedSource? _source;
    private Holds? _holds;
    private CaseStore? _cases;

    [Fact]
    public async Task Purge_OfManyRows_LooksOnceForSeveralBatches()
    {
        var (purge, step) = await OpenAsync(rows: (2 * Together) + 30);

        Assert.False((await purge.RunAsync(step, default)).More);

        Assert.Equal([Together, Together, 30], _source!.Erasures);
        Assert.Equal(0, await LeftAsync());
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Purge_HeldWhileBatchesAreUnderWay_BeginsNoOther()
    {
        var (purge, step) = await OpenAsync(rows: (2 * Together) + 30);
        _source!.Meanwhile = HoldAsync;

        var part = await purge.RunAsync(step, default);

        Assert.Equal((false, true), (part.More, part.Held));
        Assert.Equal([Together], _source.Erasures);
        Assert.Equal(Together + 30, await LeftAsync());
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Purge_OfAHeldAccount_DestroysNothing()
    {
        var (purge, step) = await OpenAsync(rows: 30);
        await HoldAsync();

        Assert.True((await purge.RunAsync(step, default)).Held);

        Assert.Empty(_source!.Erasures);
        Assert.Equal(30, await LeftAsync());
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Purge_OfWhatIsAboutAnOwnerWithAHold_DestroysNothing()
    {
        var (purge, step) = await OpenAsync(rows: 1);
        var (register, owner) = (await TableAsync("register"), EmailAddress.Parse("owner@example.com"));
        await register.UpsertEntityAsync(new TableEntity(_account.Value, "account") { ["CreatedAt"] = Opened, ["OwnerPersonId"] = "p-1" });
        await (await TableAsync("directory")).AddEntityAsync(
            new TableEntity(KeyPath.Encode(owner), "p-1") { ["PersonId"] = "p-1", ["Email"] = owner.Value });
        await _holds!.PlaceAsync(owner, new("h-1", HoldKind.Legal, DataSet: null, "A claim.", "legal", new(2099, 1, 1)), "op-1", default);

        Assert.True((await purge.RunAsync(step with { DataSet = "customer-accounts" }, default)).Held);

        Assert.Empty(_source!.Erasures);
        Assert.Equal(1, await register.QueryAsync<TableEntity>().CountAsync());
    }

    [Fact]
    public async Task Purge_OfANumberThatIsGivenAwayMeanwhile_BeginsNoOtherBatch()
    {
        var (purge, step) = await OpenAsync(rows: Together + 30);
        _source!.Meanwhile = async () => await (await TableAsync("register")).UpsertEntityAsync(
            new TableEntity(_account.Value, "account") { ["CreatedAt"] = DateTimeOffset.UtcNow });

        await Assert.ThrowsAsync<NumberReusedException>(() => purge.RunAsync(step, default));

        Assert.Equal(30, await LeftAsync());
    }

    /// <summary>What goes with an owner's last account may have come to it since the purge counted.</summary>
    [Fact]
    public async Task Purge_OfASetThatWasNotCounted_EntersItBeforeItDestroys()
    {
        var (purge, step) = await OpenAsync(rows: 30, isEntered: false);

        Assert.False((await purge.RunAsync(step, default)).More);

        Assert.Equal(0, await LeftAsync());
        var purged = (await _cases!.AuditAsync(step.CaseId, default)).Select(row => row.Entry.Fact).OfType<TerminationFact.DataSetPurged>();
        Assert.Equal(30, Assert.Single(purged).Items);
    }

    private Task<HoldPlacing> HoldAsync() => _holds!.PlaceAsync(
        _account, new("h-1", HoldKind.Legal, Set, "A claim.", "legal", new(2099, 1, 1)), "op-1", default);

    private async Task<int> LeftAsync() => await (await TableAsync("")).QueryAsync<TableEntity>().CountAsync();

    private async Task<(PurgeDataSet Purge, PurgeStep Step)> OpenAsync(int rows, bool isEntered = true)
    {
        var (contacts, register) = (await TableAsync(""), await TableAsync("register"));
        await register.AddEntityAsync(new TableEntity(_account.Value, "account") { ["CreatedAt"] = Opened });
        foreach (var few in Enumerable.Range(0, rows).Chunk(100))
            await contacts.SubmitTransactionAsync(few.Select(number => new TableTransactionAction(
                TableTransactionActionType.Add, new TableEntity(_account.Value, $"contact-{number:D5}") { ["Name"] = $"Person {number}" })));

        var records = await SharedRecords.OpenAsync();
        _cases = records.Cases;
        var (purge, id) = (await PurgeAsync(records), await BeginAsync(records));
        if (isEntered)
            await new ErasureLedger(records.Storage, TimeProvider.System).EnterAsync(
                new(id, $"account-{_account}", Set, PurgeLedger.Action, Ground: null, rows, Plan: null), default);
        return (purge, new(id, Set));
    }

    private async Task<PurgeDataSet> PurgeAsync(SharedRecords records)
    {
        var map = Map();
        _source = new(new TableDataSource(SetCopy.StorageAt(await SharedAzurite.ConnectionStringAsync())));
        var sources = new PersonalDataSources([_source]);
        var people = new People(
            records.Storage, Options.Create(new PrivacyOptions { Pepper = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) }),
            TimeProvider.System);
        _holds = new(records.Storage, people, TimeProvider.System);
        var (contacts, claims) = (new Contacts(records.Storage), new AccountClaims(records.Storage, records.Cases, TimeProvider.System));
        var locator = new SubjectLocator(map, sources);
        var owners = new AccountOwners(map, sources, locator, claims);
        var owner = new EndingOwner(contacts, claims, owners, locator);
        var mails = new CaseMails(
            records.Storage, contacts, TestLetters.Writer, new ListeningMailer(), Options.Create(new SiteOptions { BaseUrl = new("http://127.0.0.1/") }),
            TimeProvider.System);
        return new(
            map, records.Cases, new(map, records.Cases, owner), sources,
            new(_holds, new(_holds, new(records.Storage, people), owners, map), owner),
            new(records.Cases, owners, new OfficerMails(map, mails)), owner, new(sources, new(records.Storage, TimeProvider.System)));
    }

    private async Task<CaseId> BeginAsync(SharedRecords records)
    {
        var plan = new TerminationPlan(LegalClock.Ordinary, TimeSpan.FromDays(14), 14);
        var asked = TerminationDecisions.Receive(
            CaseId.FromBytes(Guid.NewGuid().ToByteArray()), _account, TerminationBy.Company, plan, DateTimeOffset.UtcNow);
        var effect = LegalTimes.In("Europe/Dublin").Terminate(plan, DateTimeOffset.UtcNow) with { AccountSince = Opened };
        CaseFact[] facts =
        [
            new TerminationFact.TerminationRequested(TerminationBy.Company, _account, "operator", SubjectCommitment: null), effect,
            new TerminationFact.UndoOver(Erasure: null), new TerminationFact.PurgeBegun(),
        ];
        return (await records.Cases.CreateAsync(asked, facts, Actors.System, default)).Id;
    }

    private DataMapRegister Map()
    {
        var map = MapFile.Parse();
        map.Set(Set)["store"]!["name"] = _store;
        map.Set("customer-accounts")["store"]!["name"] = $"{_store}register";
        map.Set("directory")["store"]!["name"] = $"{_store}directory";
        return DataMapRegister.Load(map.ToJsonString());
    }

    private async Task<TableClient> TableAsync(string ending)
    {
        var table = new TableClient(await SharedAzurite.ConnectionStringAsync(), _store + ending);
        await table.CreateIfNotExistsAsync();
        return table;
    }
}
