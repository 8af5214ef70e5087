using System.Security.Cryptography;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Sources;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.LegalHolds;

[Clause("R-RESTRICT")]
public class HoldLinksTests
{
    private static readonly EmailAddress One = EmailAddress.Parse("one@example.com");
    private static readonly EmailAddress Other = EmailAddress.Parse("other@example.com");
    private static readonly DataSet Subscribers = DataMapRegister.LoadEmbedded()[DataSetId.Parse("newsletter-subscriptions")];
    private readonly Hold _restriction = new($"r-{Guid.NewGuid():N}", HoldKind.Restriction, null, "an objection", "legal", new(2027, 1, 31));

    [Fact]
    public async Task CoversAsync_RestrictionInForce_CountsAtItsMailboxAndThoseLinkedToIt()
    {
        var (holds, links, _) = await OpenAsync();
        var connection = await SharedAzurite.ConnectionStringAsync();
        await SetCopy.StorageAt(connection).Table(SetCopy.Map.Directory).CreateIfNotExistsAsync();
        var stopped = new StoppedUse(holds, links, new(SetCopy.Map, SetCopy.SourcesAt(connection)), SetCopy.Map);
        await holds.PlaceAsync(One, _restriction, "op-1", CancellationToken.None);
        Assert.Equal((true, false), await CoverAsync());

        await links.AddAsync(One, _restriction.Id, new([One, Other], []), CancellationToken.None);
        Assert.Equal((true, true), await CoverAsync());

        // Changed to stop less, it would lift the restriction without a trace.
        var less = await holds.PlaceAsync(One, _restriction with { Kind = HoldKind.Legal }, "op-1", CancellationToken.None);
        Assert.Equal((HoldPlacing.WouldCoverLess, (true, true)), (less, await CoverAsync()));

        await holds.ReleaseAsync(One, _restriction.Id, "op-1", CancellationToken.None);
        Assert.Equal((false, false), await CoverAsync());

        async Task<(bool One, bool Other)> CoverAsync() => (
            await stopped.CoversAsync(One, Subscribers, CancellationToken.None),
            await stopped.CoversAsync(Other, Subscribers, CancellationToken.None));
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task AddAsync_WhatThePersonWasKnownBy_LeadsToTheHoldWithoutItsAddress()
    {
        var (holds, links, _) = await OpenAsync();
        var claim = _restriction with { Kind = HoldKind.Legal };
        Assert.True(PersonId.TryParse("p-1", out var person));
        Assert.True(PersonId.TryParse("p-2", out var somebodyElse));
        await holds.PlaceAsync(One, claim, "op-1", CancellationToken.None);
        await links.AddAsync(One, claim.Id, new([Other], [person]), CancellationToken.None);

        Assert.Equal([claim], await holds.OfPersonAsync(new HeldPerson([One, Other], [person]), CancellationToken.None));
        Assert.Equal([claim], await holds.OfPersonAsync(new HeldPerson([Other], []), CancellationToken.None));
        Assert.Equal([claim], await holds.OfPersonAsync(new HeldPerson([], [person]), CancellationToken.None));
        Assert.Empty(await holds.OfPersonAsync(new HeldPerson([], [somebodyElse]), CancellationToken.None));

        await holds.ReleaseAsync(One, claim.Id, "op-1", CancellationToken.None);
        Assert.Empty(await holds.OfPersonAsync(new HeldPerson([Other], [person]), CancellationToken.None));
    }

    /// <summary>An address that the directory has forgotten leads to the hold's cases once it is released.</summary>
    [Fact]
    public async Task KeysOfAsync_TellsWhatTheHoldIsLinkedTo()
    {
        var (holds, links, _) = await OpenAsync();
        Assert.True(PersonId.TryParse("p-1", out var person));
        await links.AddAsync(One, _restriction.Id, new([One, Other], [person]), CancellationToken.None);
        await links.AddAsync(One, $"another-{Guid.NewGuid():N}", new([One, Other], []), CancellationToken.None);

        Assert.Equal(2, (await links.KeysOfAsync(One, _restriction.Id, CancellationToken.None)).Count);
        Assert.Contains(holds.KeyOf(Other), (await links.KeysOfAsync(One, _restriction.Id, CancellationToken.None)).Select(key => $"person-{key.Value}"));
        Assert.Empty(await links.KeysOfAsync(Other, _restriction.Id, CancellationToken.None));
    }

    [Fact]
    public async Task TidyAsync_KeepsTheLinksOfWhatIsInForceAndRenewsThoseOfAnEarlierVersion()
    {
        var (holds, links, table) = await OpenAsync();
        await holds.PlaceAsync(One, _restriction, "op-1", CancellationToken.None);
        await links.AddAsync(One, _restriction.Id, new([One, Other], []), CancellationToken.None);
        var link = Assert.Single(await LinksAsync(table));
        await table.DeleteEntityAsync(link);
        await table.AddEntityAsync(new TableEntity(link.PartitionKey.Replace("held-", "restricted-", StringComparison.Ordinal), link.RowKey));
        Assert.Empty(await holds.OfPersonAsync(new HeldPerson([Other], []), CancellationToken.None));

        await links.TidyAsync(CancellationToken.None);
        await links.TidyAsync(CancellationToken.None);
        Assert.Equal([_restriction], await holds.OfPersonAsync(new HeldPerson([Other], []), CancellationToken.None));
        Assert.Equal(link.PartitionKey, Assert.Single(await LinksAsync(table)).PartitionKey);

        await holds.ReleaseAsync(One, _restriction.Id, "op-1", CancellationToken.None);
        await links.TidyAsync(CancellationToken.None);
        Assert.Empty(await LinksAsync(table));
    }

    /// <summary>Azure answers a column that was asked for and is not there with null, the emulator leaves it out.</summary>
    [Fact]
    public void IsReleased_ColumnThatIsThereAndEmpty_IsNoRelease()
    {
        Assert.False(HoldRow.IsReleased(new TableEntity("p", "r") { [HoldRow.ReleasedAt] = null }));
        Assert.False(HoldRow.IsReleased(new TableEntity("p", "r")));
        Assert.True(HoldRow.IsReleased(new TableEntity("p", "r") { [HoldRow.ReleasedAt] = DateTimeOffset.UtcNow }));
    }

    private async Task<IReadOnlyList<TableEntity>> LinksAsync(TableClient table) =>
        await table.QueryAsync<TableEntity>().Where(row => row.RowKey.EndsWith($".{_restriction.Id}", StringComparison.Ordinal)).ToListAsync();

    // With a pepper of its own: nobody else's records are found by these addresses.
    /// <summary>What nobody needs would never end: no hold, so no release of it either.</summary>
    [Fact]
    public async Task TidyAsync_LinksOfAHoldThatWasNeverPlaced_GoAfterADay()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var (_, links, table) = await OpenAsync(time);
        await links.AddAsync(One, _restriction.Id, new([One, Other], []), CancellationToken.None);

        time.Advance(TimeSpan.FromHours(23)); // it may still be about to be placed
        await links.TidyAsync(CancellationToken.None);
        Assert.Single(await LinksAsync(table));

        time.Advance(TimeSpan.FromHours(2));
        await links.TidyAsync(CancellationToken.None);
        Assert.Empty(await LinksAsync(table));
    }

    private static async Task<(Holds Holds, HoldLinks Links, TableClient Table)> OpenAsync(TimeProvider? time = null)
    {
        var storage = (await SharedRecords.OpenAsync()).Storage;
        var people = new People(
            storage, Options.Create(new PrivacyOptions { Pepper = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) }),
            TimeProvider.System);
        var holds = new Holds(storage, people, TimeProvider.System);
        return (holds, new(storage, people, holds, time ?? TimeProvider.System), await storage.TableAsync(Holds.Table));
    }
}
