using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Tests.Sweeps;

namespace PrivacyFunctions.Tests.LegalHolds;

/// <summary>What the directory learns of people after their holds were placed, in a directory of the test's own.</summary>
[Clause("K-EXTEND")]
[Clause("R-RESTRICT")]
public class DirectoryLinksTests
{
    private static readonly EmailAddress One = EmailAddress.Parse("one@example.com");
    private static readonly EmailAddress Other = EmailAddress.Parse("other@example.com");
    private static readonly EmailAddress Third = EmailAddress.Parse("third@example.com");
    private static readonly EmailAddress Fourth = EmailAddress.Parse("fourth@example.com");
    private static readonly Hold Claim = new("claim", HoldKind.Legal, null, "A claim.", "legal", new(2100, 1, 31));

    [Fact]
    public async Task RenewAsync_PersonWhomTheDirectoryNamesUnderTheAddressByNow_IsHeldByTheirIdAndOtherAddresses()
    {
        var (store, directory) = await OpenAsync();
        await store.Holds.PlaceAsync(One, Claim, "op-1", CancellationToken.None);
        await store.KnowAsync(One, "p-1");
        await store.KnowAsync(Other, "p-1");
        await store.KnowAsync(Other, "p-2"); // who shares it is nobody's whose data is held
        await store.KnowAsync(Third, "p-2");
        await store.KnowAsync(Fourth, "p-1", isProven: false); // a slip, perhaps, and somebody else's
        await store.KnowAsync(One, "p-3", isProven: false);

        await directory.RenewAsync(CancellationToken.None);
        await directory.RenewAsync(CancellationToken.None);

        Assert.Equal([Claim], await store.Holds.OfPersonAsync(new HeldPerson([], [Id("p-1")]), CancellationToken.None));
        Assert.Equal([Claim], await store.Holds.OfPersonAsync(new HeldPerson([Other], []), CancellationToken.None));
        Assert.Empty(await store.Holds.OfPersonAsync(new HeldPerson([Third, Fourth], [Id("p-2"), Id("p-3")]), CancellationToken.None));
    }

    /// <summary>By their id they are still who the hold is about.</summary>
    [Fact]
    public async Task RenewAsync_PersonWhoseAddressTheDirectoryHasForgotten_IsHeldAtTheirNextOne()
    {
        var (store, directory) = await OpenAsync();
        var links = new HoldLinks(store.Storage, store.People, store.Holds, TimeProvider.System);
        await links.AddAsync(One, Claim.Id, new([], [Id("p-1")]), CancellationToken.None);
        await store.Holds.PlaceAsync(One, Claim, "op-1", CancellationToken.None);
        await store.KnowAsync(Other, "p-1");

        await directory.RenewAsync(CancellationToken.None);
        Assert.Equal([Claim], await store.Holds.OfPersonAsync(new HeldPerson([Other], []), CancellationToken.None));
    }

    /// <summary>It is about them at each address that they prove, and not about whoever comes to have the address of the request.</summary>
    [Fact]
    public async Task RenewAsync_OfSomebodysOwnRequest_FollowsThemAndNobodyElse()
    {
        var (store, directory) = await OpenAsync();
        var own = Claim with { Id = Hold.IdOf(CaseId.FromBytes(Guid.NewGuid().ToByteArray())), Kind = HoldKind.Restriction };
        var links = new HoldLinks(store.Storage, store.People, store.Holds, TimeProvider.System);
        await links.AddAsync(One, own.Id, new([One], [Id("p-1")]) { Surely = Id("p-1") }, CancellationToken.None);
        await store.Holds.PlaceAsync(One, own, "system", CancellationToken.None, Id("p-1"));
        await store.KnowAsync(Other, "p-1");
        await store.KnowAsync(Third, "p-1", isProven: false);
        await store.KnowAsync(One, "p-2");
        await store.KnowAsync(Fourth, "p-2");

        await directory.RenewAsync(CancellationToken.None);

        Assert.Equal([own], await store.Holds.AgainstUseAsync(new HeldPerson([Other], []), CancellationToken.None));
        Assert.Empty(await store.Holds.AgainstUseAsync(new HeldPerson([Third, Fourth], [Id("p-2")]), CancellationToken.None));
    }

    [Fact]
    public async Task RenewAsync_HoldThatIsReleased_IsLinkedToNothingMore()
    {
        var (store, directory) = await OpenAsync();
        await store.Holds.PlaceAsync(One, Claim, "op-1", CancellationToken.None);
        await store.Holds.ReleaseAsync(One, Claim.Id, "op-1", CancellationToken.None);
        await store.KnowAsync(One, "p-1");
        var before = store.Writes.Count;

        await directory.RenewAsync(CancellationToken.None);
        Assert.Equal(before, store.Writes.Count);
    }

    /// <summary>One row that nobody can read must not keep a restriction from somebody's other address.</summary>
    [Fact]
    public async Task Renewal_OfWhichAPartFails_DoesTheRestAndFails()
    {
        var (store, directory) = await OpenAsync();
        await store.Holds.PlaceAsync(One, Claim, "op-1", CancellationToken.None);
        await store.KnowAsync(One, "p-1");
        await (await store.Storage.TableAsync(Holds.Table)).AddEntityAsync(new TableEntity("account-a-1", "h-9") { ["Kind"] = "nonsense" });
        var links = new HoldLinks(store.Storage, store.People, store.Holds, TimeProvider.System);
        var renewal = new RenewHoldLinks(store.Holds, links, store.OfOwners, directory);

        await Assert.ThrowsAsync<AggregateException>(() => renewal.RunAsync(null!, CancellationToken.None));

        Assert.Equal([Claim], await store.Holds.OfPersonAsync(new HeldPerson([], [Id("p-1")]), CancellationToken.None));
    }

    [Fact]
    public async Task RenewAsync_DirectoryOfManyPages_IsReadToItsEnd()
    {
        var (store, directory) = await OpenAsync(source => new PageByPage(source));
        await store.Holds.PlaceAsync(One, Claim, "op-1", CancellationToken.None);
        for (var other = 0; other < 5; other++) await store.KnowAsync(EmailAddress.Parse($"n{other}@example.com"), $"n-{other}");
        foreach (var theirs in new[] { Other, One, Third }) await store.KnowAsync(theirs, "p-1");

        await directory.RenewAsync(CancellationToken.None);

        Assert.Equal([Claim], await store.Holds.OfPersonAsync(new HeldPerson([], [Id("p-1")]), CancellationToken.None));
        foreach (var theirs in new[] { Other, Third })
            Assert.Equal([Claim], await store.Holds.OfPersonAsync(new HeldPerson([theirs], []), CancellationToken.None));
    }

    private static async Task<(SweptStore Store, DirectoryLinks Directory)> OpenAsync(Func<IDatedSource, IDatedSource>? around = null)
    {
        var store = await SweptStore.OpenAsync();
        var dates = new TableDates(store.Company);
        return (store, new(store.Map, [around?.Invoke(dates) ?? dates], store.Storage, store.People));
    }

    private static PersonId Id(string text) => PersonId.TryParse(text, out var id) ? id : throw new FormatException(text);

    /// <summary>A source that gives one item at a time.</summary>
    private sealed class PageByPage(IDatedSource source) : IDatedSource
    {
        public bool Reaches(DataSet set) => source.Reaches(set);

        public Task<DatedPage> PageAsync(
            DataSet set, IReadOnlyList<string> columns, string? place, int size, CancellationToken cancellation) =>
            source.PageAsync(set, columns, place, size: 1, cancellation);

        public Task<SweptItem> EraseAsync(DataSet set, DatedItem item, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<SweptItem> AnonymiseAsync(DataSet set, DatedItem item, byte[] salt, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task TouchAnonymisedAsync(DataSet set, IReadOnlyList<DatedItem> items, CancellationToken cancellation) =>
            throw new NotSupportedException();
    }
}
