using System.Security.Cryptography;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Records;

[Clause("R-RESTRICT")]
public class HoldLinksTests
{
    private static readonly EmailAddress One = EmailAddress.Parse("one@example.com");
    private static readonly EmailAddress Other = EmailAddress.Parse("other@example.com");
    private readonly Hold _restriction = new($"r-{Guid.NewGuid():N}", HoldKind.Restriction, null, "an objection", "legal", new(2027, 1, 31));

    [Fact]
    public async Task OfAsync_OneInForce_IsAskedAboutAtItsMailboxAndThoseLinkedToIt()
    {
        var (holds, links, _) = await OpenAsync();
        await holds.TryPlaceAsync(One, _restriction, "op-1", CancellationToken.None);
        Assert.Equal([_restriction], await links.RestrictionsOfAsync(One, CancellationToken.None));
        Assert.Empty(await links.RestrictionsOfAsync(Other, CancellationToken.None));

        await links.AddAsync(One, _restriction.Id, new([One, Other], []), CancellationToken.None);
        Assert.Equal([_restriction], await links.RestrictionsOfAsync(One, CancellationToken.None));
        Assert.Equal([_restriction], await links.RestrictionsOfAsync(Other, CancellationToken.None));

        await holds.TryPlaceAsync(One, _restriction with { Kind = HoldKind.Legal }, "op-1", CancellationToken.None); // no restriction any more
        Assert.Empty(await links.RestrictionsOfAsync(Other, CancellationToken.None));
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task AddAsync_WhatThePersonWasKnownBy_LeadsToTheHoldWithoutItsAddress()
    {
        var (holds, links, _) = await OpenAsync();
        var claim = _restriction with { Kind = HoldKind.Legal };
        Assert.True(PersonId.TryParse("p-1", out var person));
        Assert.True(PersonId.TryParse("p-2", out var somebodyElse));
        await holds.TryPlaceAsync(One, claim, "op-1", CancellationToken.None);
        await links.AddAsync(One, claim.Id, new([Other], [person]), CancellationToken.None);

        Assert.Equal([claim], await holds.OfPersonAsync(new HeldPerson([One, Other], [person]), CancellationToken.None));
        Assert.Equal([claim], await holds.OfPersonAsync(new HeldPerson([Other], []), CancellationToken.None));
        Assert.Equal([claim], await holds.OfPersonAsync(new HeldPerson([], [person]), CancellationToken.None));
        Assert.Empty(await holds.OfPersonAsync(new HeldPerson([], [somebodyElse]), CancellationToken.None));

        await holds.ReleaseAsync(One, claim.Id, "op-1", CancellationToken.None);
        Assert.Empty(await holds.OfPersonAsync(new HeldPerson([Other], [person]), CancellationToken.None));
    }

    /// <summary>What an earlier version placed has no link: the next night makes it. What is over has none after it.</summary>
    [Fact]
    public async Task TidyAsync_LinksWhatIsInForceAndNothingElse()
    {
        var (holds, links, table) = await OpenAsync();
        await holds.TryPlaceAsync(One, _restriction, "op-1", CancellationToken.None);
        foreach (var link in await LinksAsync(table)) await table.DeleteEntityAsync(link);
        Assert.Empty(await links.RestrictionsOfAsync(One, CancellationToken.None));

        await links.TidyAsync(CancellationToken.None);
        Assert.Equal([_restriction], await links.RestrictionsOfAsync(One, CancellationToken.None));

        await holds.ReleaseAsync(One, _restriction.Id, "op-1", CancellationToken.None);
        Assert.Empty(await links.RestrictionsOfAsync(One, CancellationToken.None));
        await links.TidyAsync(CancellationToken.None);
        Assert.Empty(await LinksAsync(table));
    }

    private async Task<IReadOnlyList<TableEntity>> LinksAsync(TableClient table) =>
        await table.QueryAsync<TableEntity>().Where(row => row.RowKey.EndsWith($".{_restriction.Id}", StringComparison.Ordinal)).ToListAsync();

    // With a pepper of its own: nobody else's records are found by these addresses.
    private static async Task<(Holds Holds, HoldLinks Links, TableClient Table)> OpenAsync()
    {
        var storage = (await SharedRecords.OpenAsync()).Storage;
        var people = new People(
            storage, Options.Create(new PrivacyOptions { Pepper = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) }),
            TimeProvider.System);
        var holds = new Holds(storage, people, TimeProvider.System);
        return (holds, new(storage, people, holds), await storage.TableAsync(Holds.Table));
    }
}
