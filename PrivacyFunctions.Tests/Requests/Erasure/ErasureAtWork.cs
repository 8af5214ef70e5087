using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Recipients;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Sources;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Erasure;

/// <summary>
/// The activities of an erasure on real storage, with a company of the test's own: its plan is approved and being carried out.
/// </summary>
internal sealed class ErasureAtWork
{
    public const string Orders = "orders";
    public const string Gifts = "gifts";

    /// <summary>The id of the hold that tests place.</summary>
    public const string Hold = "h-1";

    public const int Batch = 100;

    private readonly string _store = $"erase{Guid.NewGuid():N}";
    private readonly string _person = $"n-{Guid.NewGuid():N}";
    private string _plan = null!;
    private TableClient _ledger = null!;
    private EraseDataSet _erase = null!;
    private ErasurePlans _plans = null!;

    private ErasureAtWork()
    {
    }

    public EmailAddress Address { get; } = EmailAddress.Parse($"{Guid.NewGuid():N}@example.com");

    public CaseId Case { get; private set; }

    public CaseStore Cases { get; private set; } = null!;

    public People People { get; private set; } = null!;

    public ListeningMailer Mailer { get; private set; } = null!;

    public Holds Holds { get; private set; } = null!;

    public WatchedSource Source { get; private set; } = null!;

    public RescanData Rescan { get; private set; } = null!;

    public TellErased Tell { get; private set; } = null!;

    /// <summary>Begins to erase a person's orders.</summary>
    /// <param name="orders">How many there are.</param>
    /// <param name="isInTwoSets">Whether they are gifts as well, in the same rows.</param>
    public static async Task<ErasureAtWork> OpenAsync(int orders, bool isInTwoSets = false)
    {
        var work = new ErasureAtWork();
        var records = await SharedRecords.OpenAsync();
        var (time, storage) = (TimeProvider.System, records.Storage);
        var people = new People(
            storage, Options.Create(new PrivacyOptions { Pepper = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) }), time);
        var holds = new Holds(storage, people, time);
        var source = new WatchedSource(new TableDataSource(SetCopy.StorageAt(await SharedAzurite.ConnectionStringAsync())));
        var (map, sources) = (work.Map(isInTwoSets), new PersonalDataSources([source]));
        var (locator, vault) = (new SubjectLocator(map, sources), new ErasureVault(storage, new EphemeralDataProtectionProvider()));
        var owners = new AccountOwners(map, sources, locator, new(storage, records.Cases, time));
        var ownerLinks = new OwnerLinks(storage, people);
        var protections = new PersonProtections(holds, new(holds, ownerLinks, owners, map), people, records.Cases);
        var (plans, legal) = (new ErasurePlans(storage), new LegalTime(Options.Create(new PolicyOptions()), storage, time));
        var resumed = new ResumedErasures(records.Cases, plans, people);
        var planner = new ErasurePlanner(map, sources, protections, vault, plans, records.Cases, resumed, legal);
        await work.KnowAsync(work._person);
        await work.AddOrdersAsync(orders);
        var (id, plan) = await BeginAsync(records.Cases, planner, vault, await locator.LocateAsync(work.Address, default));
        var (subjects, ledger) = (new ErasureSubjects(vault, locator), new ErasureLedger(storage, time));
        var contacts = new Contacts(storage);
        await contacts.KeepAsync(id, work.Address, null, null, default);
        Assert.True(PersonId.TryParse(work._person, out var person));
        await people.NotePersonsAsync(work.Address, id, [person], default);
        var mailer = new ListeningMailer();
        var site = Options.Create(new SiteOptions { BaseUrl = new("http://127.0.0.1/") });
        var mails = new CaseMails(storage, contacts, TestLetters.Writer, mailer, site, time);
        var resumption = new ErasureResumption(
            locator, owners, people, new(storage, people, holds, time), ownerLinks, records.Cases, new(records.Cases, contacts, people, new(storage, new EphemeralDataProtectionProvider(), new(storage, new EphemeralDataProtectionProvider()))),
            plans, legal, new(records.Cases, new(storage, time), Kinds.All, NullLogger<IntentDispatcher>.Instance));
        (work.Cases, work.People, work.Mailer, work.Holds, work.Source) = (records.Cases, people, mailer, holds, source);
        (work.Case, work._plan, work._ledger) = (id, plan, await storage.TableAsync("privacyLedger"));
        work._plans = plans;
        work._erase = new(map, records.Cases, sources, protections, subjects, vault, plans, planner, ledger, people);
        work.Rescan = new(records.Cases, subjects, planner, resumed, protections, ledger, people);
        var (rows, keys) = (new NoticeRows(storage, map, new EphemeralDataProtectionProvider()), new EphemeralDataProtectionProvider());
        var recipients = new RecipientDesk(
            map, new(records.Cases, rows, new(storage, time), legal), rows, new(keys, new(site, new(keys))), mails, legal, Options.Create(new PolicyOptions()));
        work.Tell = new(map, records.Cases, plans, subjects, protections, resumption, people, new(locator, people, contacts), [], recipients, new(map, mails),
            new(records.Cases, mails, new(records.Cases, mails), new(map, mails)));
        return work;
    }

    /// <summary>Carries out the plan's part of the orders, as one call of the activity.</summary>
    public Task<ErasedPart> EraseAsync() => _erase.RunAsync(new(Case, _plan, Orders, Batch: 0), default);

    /// <summary>Approves the plan that the last search made, and begins it.</summary>
    public async Task ApproveAgainAsync()
    {
        var state = await Cases.GetAsync<ErasureRequest>(Case, default);
        var plan = await _plans.GetAsync(Case, state.PlanHash!, default);
        await DecideAsync(Cases, Case, found => ErasureDecisions.Approve(found, state.PlanHash!, "op-1"));
        await DecideAsync(Cases, Case, found => ErasureDecisions.Begin(found, plan));
        _plan = state.PlanHash!;
    }

    /// <summary>Places the hold.</summary>
    public Task<HoldPlacing> HoldAsync(string set = Orders) =>
        Holds.PlaceAsync(Address, new(Hold, HoldKind.Legal, set, "A claim.", "legal", new(2099, 1, 1)), "op-1", default);

    /// <summary>How many orders there are now.</summary>
    public async Task<int> LeftAsync() => await (await TableAsync(Orders)).QueryAsync<TableEntity>().CountAsync();

    /// <summary>How many the case says are erased.</summary>
    public async Task<long> ErasedAsync() => Assert.Single(await ErasuresAsync());

    /// <summary>How many each plan has erased, as the case says it.</summary>
    public async Task<List<long>> ErasuresAsync() =>
    [
        .. (await Cases.AuditAsync(Case, default)).Select(link => link.Shown).OfType<AuditEntry>().Select(entry => entry.Fact)
            .OfType<ErasureFact.DataSetErased>().Select(erased => erased.Items),
    ];

    /// <summary>The entries of the ledger that a hold stopped.</summary>
    public async Task<List<TableEntity>> StoppedAsync() => await _ledger
        .QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Case.Value}"))
        .Where(entry => entry.ContainsKey("StoppedAt")).ToListAsync();

    /// <summary>Has the directory know a person by the address.</summary>
    public async Task KnowAsync(string person) =>
        await (await TableAsync("customers")).AddEntityAsync(new TableEntity(KeyPath.Encode(Address), person)
        {
            ["Customer"] = person, ["Mail"] = Address.Value, ["SeenAt"] = DateTimeOffset.UtcNow,
        });

    /// <summary>Writes orders of the person.</summary>
    public async Task AddOrdersAsync(int orders, int first = 0)
    {
        var table = await TableAsync(Orders);
        foreach (var few in Enumerable.Range(first, orders).Chunk(Batch))
            await table.SubmitTransactionAsync(few.Select(number => new TableTransactionAction(
                TableTransactionActionType.Add,
                new TableEntity(_person, $"{number:D5}") { ["What"] = "A lamp", ["OrderedAt"] = DateTimeOffset.UtcNow })));
    }

    // A case whose plan is approved and being carried out.
    private static async Task<(CaseId Case, string Plan)> BeginAsync(
        CaseStore cases, ErasurePlanner planner, ErasureVault vault, SubjectKeys who)
    {
        var (received, fact) = RequestDecisions.Receive(
            ErasureRequest.New, CaseId.FromBytes(Guid.NewGuid().ToByteArray()),
            new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)), DateTimeOffset.UtcNow,
            new(2026, 3, 2), Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0");
        var id = (await cases.CreateAsync(received, [fact], Actors.Subject, default)).Id;
        await DecideAsync(cases, id, RequestDecisions.Confirm);
        var identifiers = await vault.KeepAsync(id, ErasureIdentifiers.Of(who), default);
        var plan = await planner.MakeAsync(id, identifiers, default);
        await DecideAsync(cases, id, state => ErasureDecisions.Plan(state, plan));
        await DecideAsync(cases, id, state => ErasureDecisions.Approve(state, plan.Hash(), "op-1"));
        await DecideAsync(cases, id, state => ErasureDecisions.Begin(state, plan));
        return (id, plan.Hash());
    }

    private static Task<ErasureRequest> DecideAsync(CaseStore cases, CaseId id, Func<ErasureRequest, Decision> decide) =>
        cases.ExecuteAsync(id, Guid.NewGuid().ToString("N"), Actors.System, decide, [], default);

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
