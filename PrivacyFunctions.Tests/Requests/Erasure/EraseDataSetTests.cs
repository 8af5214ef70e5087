using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Clock;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Evidence;
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
        var records = await SharedRecords.OpenAsync();
        var (time, storage) = (TimeProvider.System, records.Storage);
        var people = new People(
            storage, Options.Create(new PrivacyOptions { Pepper = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) }), time);
        var holds = new Holds(storage, people, time);
        var source = new WatchedSource(new TableDataSource(SetCopy.StorageAt(await SharedAzurite.ConnectionStringAsync())))
        {
            Meanwhile = () => holds.TryPlaceAsync(
                _address, new("h-1", HoldKind.Legal, Orders, "A claim.", "legal", new(2099, 1, 1)), "op-1", default),
        };
        var (map, sources) = (Map(), new PersonalDataSources([source]));
        var (locator, vault) = (new SubjectLocator(map, sources), new ErasureVault(storage, new EphemeralDataProtectionProvider()));
        var (protections, plans) = (new PersonProtections(holds, people, records.Cases), new ErasurePlans(storage));
        var planner = new ErasurePlanner(
            map, sources, protections, vault, plans, records.Cases, new(Options.Create(new PolicyOptions()), storage, time));
        await FillAsync((2 * Batch) + 30);
        var (id, plan) = await BeginAsync(records.Cases, planner, vault, await locator.LocateAsync(_address, default));

        var erase = new EraseDataSet(
            map, records.Cases, sources, protections, new(vault, locator), vault, plans, planner, new ErasureLedger(storage, time), people);
        Assert.Null((await erase.RunAsync(new(id, plan, Orders, 0), default)).Next);

        Assert.Equal([Batch], source.Erasures);
        Assert.Equal(Batch + 30, await (await TableAsync("orders")).QueryAsync<TableEntity>().CountAsync());
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
        await (await TableAsync("customers")).AddEntityAsync(new TableEntity(KeyPath.Encode(_address), _person)
        {
            ["Customer"] = _person, ["Mail"] = _address.Value, ["SeenAt"] = DateTimeOffset.UtcNow,
        });
        var table = await TableAsync("orders");
        foreach (var few in Enumerable.Range(0, orders).Chunk(Batch))
            await table.SubmitTransactionAsync(few.Select(number => new TableTransactionAction(
                TableTransactionActionType.Add,
                new TableEntity(_person, $"{number:D5}") { ["What"] = "A lamp", ["OrderedAt"] = DateTimeOffset.UtcNow })));
    }

    private DataMapRegister Map()
    {
        var map = JsonNode.Parse(SmallMap.Json)!.AsObject();
        foreach (var set in new[] { "customers", Orders }) map.Set(set)["store"]!["name"] = _store + set;
        return DataMapRegister.Load(map.ToJsonString());
    }

    private async Task<TableClient> TableAsync(string set)
    {
        var table = new TableClient(await SharedAzurite.ConnectionStringAsync(), _store + set);
        await table.CreateIfNotExistsAsync();
        return table;
    }
}
