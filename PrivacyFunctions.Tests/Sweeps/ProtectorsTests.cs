using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Sweeps;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sweeps;

/// <summary>What keeps a record from the sweep, in records of the test's own.</summary>
[Clause("K-SCHEDULE")]
[Clause("K-EXTEND")]
public class ProtectorsTests
{
    private static readonly EmailAddress One = EmailAddress.Parse("one@example.com");
    private static readonly EmailAddress Other = EmailAddress.Parse("other@example.com");
    private static readonly CaseFact Closed = new CaseFact.Closed(CaseOutcome.Answered);
    private static readonly Hold Claim = new("claim", HoldKind.Legal, "payments", "A claim.", "legal", new(2100, 1, 31));

    /// <summary>When the hold is released, the erasure goes on, for which its case and plan must be there.</summary>
    [Fact]
    [Clause("R-ERASE")]
    public async Task OfAsync_ErasureOfAPersonWithAHoldOfWhateverSet_IsKept()
    {
        var store = await SweptStore.OpenAsync();
        var (erasure, access) = (await store.StoreAsync(CaseKind.Erasure, One, Closed), await store.StoreAsync(CaseKind.Access, One, Closed));
        var others = await store.StoreAsync(CaseKind.Erasure, Other, Closed);
        await store.Holds.PlaceAsync(One, Claim, "op-1", CancellationToken.None);

        Assert.Equal((true, "legal"), await OfCaseAsync(store, erasure));
        Assert.Equal((true, null), await OfCaseAsync(store, access));
        Assert.Equal((true, null), await OfCaseAsync(store, others));

        await store.Holds.ReleaseAsync(One, Claim.Id, "op-1", CancellationToken.None);
        Assert.Equal((true, null), await OfCaseAsync(store, erasure));
    }

    /// <summary>What went on with a part of a request tells what is left of it.</summary>
    [Fact]
    [Clause("R-ERASE")]
    public async Task OfAsync_ErasuresOfARequestWithWhichACaseGoesOn_AreKeptUntilItIsClosed()
    {
        var store = await SweptStore.OpenAsync();
        var own = await store.StoreAsync(CaseKind.Erasure, One, Closed);
        var part = await store.StoreAsync(CaseKind.Erasure, One, new ErasureFact.ErasureResumed(own, "h-1"), Closed);
        var others = await store.StoreAsync(CaseKind.Erasure, One, Closed);
        await store.StoreAsync(CaseKind.Erasure, One, new ErasureFact.ErasureResumed(own, "h-2"));

        Assert.Equal((true, "request"), await OfCaseAsync(store, own));
        Assert.Equal((true, "request"), await OfCaseAsync(store, part));
        Assert.Equal((true, null), await OfCaseAsync(store, others));
    }

    /// <summary>The same of an owner: the account's hold keeps what is about them.</summary>
    [Fact]
    [Clause("R-ERASE")]
    public async Task OfAsync_ErasureOfAnOwnerWhoseAccountIsHeld_IsKept()
    {
        var store = await SweptStore.OpenAsync();
        Assert.True(PersonId.TryParse("p-1", out var owner));
        var account = AccountId.Parse("a-1");
        var (erasure, access) = (await store.StoreAsync(CaseKind.Erasure, One, Closed), await store.StoreAsync(CaseKind.Access, One, Closed));
        foreach (var id in new[] { erasure, access }) await store.People.NotePersonsAsync(One, id, [owner], CancellationToken.None);
        foreach (var id in new[] { Claim.Id, "h-2" }) await store.OwnerLinks.AddAsync(account, id, owner, CancellationToken.None);
        await store.Holds.PlaceAsync(account, Claim with { Id = "h-2", DataSet = "service-files" }, "op-1", CancellationToken.None);
        Assert.Equal((true, null), await OfCaseAsync(store, erasure)); // it can have stopped nothing

        await store.Holds.PlaceAsync(account, Claim with { DataSet = "profiles" }, "op-1", CancellationToken.None);

        Assert.Equal((true, "legal"), await OfCaseAsync(store, erasure));
        Assert.Equal((true, null), await OfCaseAsync(store, access));

        await store.Holds.ReleaseAsync(account, Claim.Id, "op-1", CancellationToken.None);
        Assert.Equal((true, null), await OfCaseAsync(store, erasure));
    }

    [Fact]
    [Clause("R-ACCESS")]
    public async Task OfAsync_CaseOfAPersonWhoseCopyIsStillToBeMade_IsKept()
    {
        var store = await SweptStore.OpenAsync();
        var (old, others) = (await store.StoreAsync(CaseKind.Access, One, Closed), await store.StoreAsync(CaseKind.Access, Other, Closed));
        await store.StoreAsync(CaseKind.Access, One, new CaseFact.ConfirmationAsked(), new CaseFact.Confirmed());

        Assert.Equal((true, "request"), await OfCaseAsync(store, old));
        Assert.Equal((true, null), await OfCaseAsync(store, others));
    }

    /// <summary>The hold may be theirs: it is under an address that the directory had before.</summary>
    [Fact]
    public async Task OfAsync_PersonToWhomNoAddressLeads_IsUnknownWhileAnybodyHasAHold()
    {
        var store = await SweptStore.OpenAsync();
        await store.KnowAsync(Other, "p-2");
        Assert.Equal((true, null), await OfPersonAsync(store, "p-1"));

        await store.Holds.PlaceAsync(One, Claim, "op-1", CancellationToken.None);
        Assert.Equal((false, null), await OfPersonAsync(store, "p-1"));
        Assert.Equal((true, null), await OfPersonAsync(store, "p-2"));

        await store.Holds.ReleaseAsync(One, Claim.Id, "op-1", CancellationToken.None);
        Assert.Equal((true, null), await OfPersonAsync(store, "p-1"));
    }

    /// <summary>The directory still says that it is theirs, and the hold knows them by their id.</summary>
    [Fact]
    public async Task OfAsync_MailboxThatThePersonHasNotProvenYet_IsProtectedByWhatProtectsThem()
    {
        var store = await SweptStore.OpenAsync();
        Assert.True(PersonId.TryParse("p-1", out var person));
        var links = new HoldLinks(store.Storage, store.People, store.Holds, TimeProvider.System);
        await links.AddAsync(One, Claim.Id, new([], [person]), CancellationToken.None);
        await store.Holds.PlaceAsync(One, Claim, "op-1", CancellationToken.None);
        await store.KnowAsync(Other, "p-1", isProven: false);
        var payments = store.Map[DataSetId.Parse("payments")];

        var (_, first) = await store.Protectors().OfAsync(payments, new RecordOwner.Mailbox(Other), CancellationToken.None);
        Assert.Equal("legal", first?.Kind);
    }

    /// <summary>Each look at the directory reads it whole.</summary>
    [Fact]
    public async Task OfAsync_WhileNobodyIsProtected_AsksNoDirectory()
    {
        var store = await SweptStore.OpenAsync();
        await store.Table("directory").DeleteAsync();
        await store.StoreAsync(CaseKind.Erasure, One, new CaseFact.ConfirmationAsked(), new CaseFact.Confirmed());
        await store.StoreAsync(CaseKind.Access, Other, Closed);
        await store.Holds.PlaceAsync(AccountId.Parse("A-1001"), Claim, "op-1", CancellationToken.None);

        Assert.Equal((true, null), await OfPersonAsync(store, "p-1"));

        await store.StoreAsync(CaseKind.Access, One, new CaseFact.ConfirmationAsked(), new CaseFact.Confirmed());
        await Assert.ThrowsAnyAsync<Exception>(() => OfPersonAsync(store, "p-1"));
    }

    [Fact]
    public async Task OfAsync_WhileSomebodysOpenCaseCannotBeRead_IsToldOfEverybodyElse()
    {
        var store = await SweptStore.OpenAsync();
        await store.KnowAsync(One, "p-1");
        await store.KnowAsync(Other, "p-2");
        var id = await store.StoreAsync(CaseKind.Access, One, new CaseFact.ConfirmationAsked(), new CaseFact.Confirmed());
        await (await store.Storage.TableAsync("privacyCases")).UpsertEntityAsync(
            new TableEntity(id.Value, CaseRow.RowKey), TableUpdateMode.Replace);

        Assert.Equal((true, null), await OfPersonAsync(store, "p-2"));
        await Assert.ThrowsAnyAsync<Exception>(() => OfPersonAsync(store, "p-1"));
    }

    /// <summary>They are not all looked at: of so many, one may well be theirs.</summary>
    [Fact]
    [Clause("R-ACCESS")]
    public async Task OfAsync_WhileManyCasesAreOpen_SeesAnAccessRequestThatIsDueLast()
    {
        var store = await SweptStore.OpenAsync();
        await store.KnowAsync(One, "p-1");
        CaseFact[] confirmed = [new CaseFact.ConfirmationAsked(), new CaseFact.Confirmed()];
        await Task.WhenAll(Enumerable.Range(0, 55).Select(
            number => store.StoreAsync(CaseKind.Erasure, EmailAddress.Parse($"n{number}@example.com"), confirmed)));
        await store.StoreAsync(CaseKind.Access, One, new DateOnly(2026, 9, 1), confirmed);

        Assert.Equal((true, "request"), await OfPersonAsync(store, "p-1"));
    }

    /// <summary>Its plan says what the hold had kept.</summary>
    [Fact]
    [Clause("K-EXTEND")]
    public async Task OfAsync_ErasureThatAnOpenCaseGoesOnWith_IsProtectedUntilThatIsClosed()
    {
        var store = await SweptStore.OpenAsync();
        var stopped = await store.StoreAsync(CaseKind.Erasure, One, Closed);
        var other = await store.StoreAsync(CaseKind.Erasure, One, Closed);
        Assert.Equal((true, null), await OfCaseAsync(store, stopped));
        var goesOn = await store.StoreAsync(CaseKind.Erasure, One, new ErasureFact.ErasureResumed(stopped, "h-1"));

        Assert.Equal((true, "request"), await OfCaseAsync(store, stopped));
        Assert.Equal((true, null), await OfCaseAsync(store, other));
        await store.Cases.ExecuteAsync<ErasureRequest>(
            goesOn, "end", Actors.System, _ => new Decision.Change(Closed), [], CancellationToken.None);
        Assert.Equal((true, null), await OfCaseAsync(store, stopped));
    }

    /// <summary>So that a hold that comes in between sees whose case it is.</summary>
    [Fact]
    public async Task EraseAsync_OfACase_TakesItsPlanAndPersonImmediatelyBeforeTheCaseItself()
    {
        var store = await SweptStore.OpenAsync();
        var id = await FilledAsync(store);
        var item = await ItemAsync(store, id);
        store.Writes.Clear();

        Assert.Equal(SweptItem.Gone, await store.Closed.EraseAsync(Cases(store), item, CancellationToken.None));

        var last = store.Writes.TakeLast(3).ToList();
        Assert.Contains("privacy-plans", last[0], StringComparison.Ordinal);
        Assert.Contains("privacyPeople", last[1], StringComparison.Ordinal);
        Assert.Contains("$batch", last[2], StringComparison.Ordinal);
        Assert.Null(await store.Cases.FindAsync(id, CancellationToken.None));
        Assert.Empty(await store.Closed.PersonsOfAsync(id, CancellationToken.None));
        Assert.Empty(await MailsAsync(store, id));
    }

    [Fact]
    public async Task EraseAsync_CaseThatWasChangedSinceItWasRead_DestroysNothingOfIt()
    {
        var store = await SweptStore.OpenAsync();
        var id = await FilledAsync(store);
        var item = await ItemAsync(store, id);
        await store.Cases.ExecuteAsync<ErasureRequest>(
            id, "look", Actors.System, _ => new Decision.Change(new CaseFact.ExportOpened()), [], CancellationToken.None);
        store.Writes.Clear();

        Assert.Equal(SweptItem.Changed, await store.Closed.EraseAsync(Cases(store), item, CancellationToken.None));

        Assert.Empty(store.Writes);
        Assert.Single(await store.Closed.PersonsOfAsync(id, CancellationToken.None));
        Assert.Single(await MailsAsync(store, id));
    }

    // It ended when it joined the other, and its time runs from there.
    [Fact]
    [Clause("K-SCHEDULE")]
    public async Task PageAsync_RequestThatJoinedAnother_HasADate()
    {
        var store = await SweptStore.OpenAsync();
        var longAgo = DateTimeOffset.UtcNow.AddYears(-5);
        var other = await store.StoreAsync(CaseKind.Access, One, longAgo);
        var joined = await store.StoreAsync(CaseKind.Access, One, longAgo, new CaseFact.LinkedToOpenCase(other));
        var page = await store.Closed.PageAsync(Cases(store), [], null, 100, CancellationToken.None);
        Assert.Null(DateOf(other));
        Assert.InRange(Assert.IsType<DateTimeOffset>(DateOf(joined)), DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow);

        object? DateOf(CaseId id) => Assert.Single(page.Items, item => item.Key.Row.PartitionKey == id.Value).Values.Values.Single();
    }

    private static async Task<CaseId> FilledAsync(SweptStore store)
    {
        var id = await store.StoreAsync(CaseKind.Erasure, One, Closed);
        await (await store.Storage.TableAsync("privacyMails")).AddEntityAsync(new TableEntity(id.Value, "answer"));
        await (await store.Storage.ContainerAsync("privacy-plans")).UploadBlobAsync($"{id}/plan.json", BinaryData.FromString("{}"));
        foreach (var table in new[] { "privacyLedger", "privacyViews", "privacyCaseIndex" }) await store.Storage.TableAsync(table);
        return id;
    }

    private static async Task<DatedItem> ItemAsync(SweptStore store, CaseId id) => new(
        ItemKey.OfRow(id.Value, CaseRow.RowKey), (await store.Cases.FindAsync(id, CancellationToken.None))!.ETag.ToString(),
        new Dictionary<string, object?>());

    private static async Task<IReadOnlyList<TableEntity>> MailsAsync(SweptStore store, CaseId id) =>
        await (await store.Storage.TableAsync("privacyMails")).QueryAsync<TableEntity>(row => row.PartitionKey == id.Value).ToListAsync();

    private static DataSet Cases(SweptStore store) => store.Map[DataSetId.Parse(ClosedCases.Set)];

    private static async Task<(bool IsKnown, string? Kind)> OfCaseAsync(SweptStore store, CaseId id)
    {
        var (isKnown, first) = await store.Protectors().OfAsync(Cases(store), new RecordOwner.OfCase(id), CancellationToken.None);
        return (isKnown, first?.Kind);
    }

    private static async Task<(bool IsKnown, string? Kind)> OfPersonAsync(SweptStore store, string person)
    {
        Assert.True(PersonId.TryParse(person, out var id));
        var (isKnown, first) = await store.Protectors().OfAsync(
            store.Map[DataSetId.Parse("usage-log")], new RecordOwner.Person(id), CancellationToken.None);
        return (isKnown, first?.Kind);
    }
}
