using System.Security.Cryptography;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.LegalHolds;

[Clause("K-EXTEND")]
public class HoldsTests
{
    private static readonly EmailAddress One = EmailAddress.Parse("one@example.com");
    private static readonly DateOnly Day = new(2027, 1, 31);
    private static readonly EmailAddress Other = EmailAddress.Parse("other@example.com");
    private readonly Hold _claim = new($"claim-{Guid.NewGuid():N}", HoldKind.Legal, "payments", "a claim", "legal", new(2027, 1, 31));

    [Fact]
    public async Task OfPersonAsync_HoldsOfSomebodyElse_AreNotAmongThem()
    {
        var (holds, _) = await HoldsAsync();

        Assert.Equal(HoldPlacing.Placed, await holds.PlaceAsync(One, _claim, "op-1", CancellationToken.None));

        Assert.Equal([_claim], await holds.OfPersonAsync(new HeldPerson([One], []), CancellationToken.None));
        Assert.Equal([_claim], await holds.OfPersonAsync(new HeldPerson([Other, One], []), CancellationToken.None));
        Assert.Empty(await holds.OfPersonAsync(new HeldPerson([Other], []), CancellationToken.None));
        Assert.Equal(HoldRelease.Done, await holds.ReleaseAsync(One, _claim.Id, "op-1", CancellationToken.None));
        Assert.Empty(await holds.OfPersonAsync(new HeldPerson([One], []), CancellationToken.None));
    }

    /// <summary>What was destroyed after a release has somebody who answers for it, whatever is placed later.</summary>
    [Fact]
    public async Task PlaceAsync_IdOfAReleasedHold_IsRefusedAndTheRecordStays()
    {
        var (holds, table) = await HoldsAsync();
        await holds.PlaceAsync(One, _claim, "op-1", CancellationToken.None);
        await holds.ReleaseAsync(One, _claim.Id, "op-2", CancellationToken.None);
        Assert.Equal(HoldRelease.DoneBefore, await holds.ReleaseAsync(One, _claim.Id, "op-3", CancellationToken.None));
        Assert.Equal(HoldRelease.Unknown, await holds.ReleaseAsync(Other, _claim.Id, "op-3", CancellationToken.None));

        Assert.Equal(HoldPlacing.WasReleased, await holds.PlaceAsync(One, _claim with { Ground = "again" }, "op-3", CancellationToken.None));

        var row = await RowAsync(table);
        Assert.Equal(("op-1", "op-2", "a claim"), (row["PlacedBy"], row["ReleasedBy"], row["Ground"]));
        Assert.Empty(await holds.OfPersonAsync(new HeldPerson([One], []), CancellationToken.None));
    }

    [Fact]
    public async Task PlaceAsync_IdOfAHoldInForce_ChangesItAndKeepsWhoPlacedIt()
    {
        var (holds, table) = await HoldsAsync();
        await holds.PlaceAsync(One, _claim, "op-1", CancellationToken.None);
        var prolonged = _claim with { ReviewOn = new(2028, 1, 31), DataSet = null };

        Assert.Equal(HoldPlacing.Placed, await holds.PlaceAsync(One, prolonged, "op-2", CancellationToken.None));

        Assert.Equal([prolonged], await holds.OfPersonAsync(new HeldPerson([One], []), CancellationToken.None));
        var row = await RowAsync(table);
        Assert.Equal(("op-1", "op-2"), (row["PlacedBy"], row["ChangedBy"]));
    }

    /// <summary>An objection stops the use and keeps nothing: what keeps data does not become one by hand.</summary>
    [Fact]
    [Clause("R-OBJECT")]
    public async Task PlaceAsync_Objection_StopsTheUseAloneAndTakesNothingFromAnotherHold()
    {
        var (holds, _) = await HoldsAsync();
        var person = new HeldPerson([EmailAddress.Parse($"o-{Guid.NewGuid():N}@example.com")], []);
        var address = person.Addresses.Single();
        var objection = _claim with { Kind = HoldKind.Objection };
        await holds.PlaceAsync(address, objection, "op-1", CancellationToken.None);
        Assert.Empty(await holds.OfPersonAsync(person, CancellationToken.None));
        Assert.Equal([objection], await holds.AgainstUseAsync(person, CancellationToken.None));

        Assert.Equal(HoldPlacing.WouldCoverLess, await holds.PlaceAsync(address, _claim, "op-2", CancellationToken.None)); // it would be used
        var restriction = _claim with { Kind = HoldKind.Restriction };
        Assert.Equal(HoldPlacing.Placed, await holds.PlaceAsync(address, restriction, "op-2", CancellationToken.None));
        Assert.Equal([restriction], await holds.OfPersonAsync(person, CancellationToken.None));
        Assert.Equal(HoldPlacing.WouldCoverLess, await holds.PlaceAsync(address, objection, "op-2", CancellationToken.None));
        Assert.Equal(HoldPlacing.Placed, await holds.StopUseAloneAsync(address, restriction, "system", CancellationToken.None));
        Assert.Empty(await holds.OfPersonAsync(person, CancellationToken.None));
        Assert.Equal([objection], await holds.AgainstUseAsync(person, CancellationToken.None));
    }

    /// <summary>What it has stopped goes on with its release, and with nothing else.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("profiles")]
    public async Task PlaceAsync_HoldThatWouldCoverLess_IsRefused(string? covers)
    {
        var (holds, _) = await HoldsAsync();
        var account = AccountId.Parse($"A-{Random.Shared.Next():D10}");
        var (wide, narrow) = (_claim with { DataSet = covers }, _claim with { DataSet = "payments" });
        await holds.PlaceAsync(One, wide, "op-1", CancellationToken.None);
        await holds.PlaceAsync(account, wide, "op-1", CancellationToken.None);

        Assert.Equal(HoldPlacing.WouldCoverLess, await holds.PlaceAsync(One, narrow, "op-2", CancellationToken.None));
        Assert.Equal(HoldPlacing.WouldCoverLess, await holds.PlaceAsync(account, narrow, "op-2", CancellationToken.None));

        Assert.Equal([wide], await holds.OfPersonAsync(new HeldPerson([One], []), CancellationToken.None));
        Assert.Equal([wide], await holds.OfAccountAsync(account, CancellationToken.None));
    }

    [Theory]
    [InlineData(-1, null, false)] // the review is to come
    [InlineData(0, null, true)]
    [InlineData(3, 0, false)]
    [InlineData(7, 0, true)]
    [InlineData(8, 7, false)]
    [InlineData(0, -20, true)] // reminded of an earlier review
    public async Task ToReviewAsync_RemindsOnTheDayAndEachWeekAfterIt(int today, int? reminded, bool isDue)
    {
        var (holds, _) = await HoldsAsync();
        var reviews = new HoldReviews((await SharedRecords.OpenAsync()).Storage);
        await holds.PlaceAsync(One, _claim with { ReviewOn = Day.AddDays(-30) }, "op-1", CancellationToken.None);
        if (reminded is { } day) await reviews.NoteRemindedAsync(await OwnAsync(Day), Day.AddDays(day), CancellationToken.None);
        await holds.PlaceAsync(One, _claim with { ReviewOn = Day }, "op-1", CancellationToken.None);

        var due = await reviews.ToReviewAsync(Day.AddDays(today), 7, CancellationToken.None).ToListAsync();

        Assert.Equal(isDue, due.Exists(found => found.Hold.Id == _claim.Id));

        async Task<HoldToReview> OwnAsync(DateOnly on) =>
            await reviews.ToReviewAsync(on, 7, CancellationToken.None).SingleAsync(found => found.Hold.Id == _claim.Id);
    }

    /// <summary>A reminder that comes late says nothing of the review that was set meanwhile.</summary>
    [Fact]
    public async Task NoteRemindedAsync_HoldProlongedMeanwhile_StaysDueOnItsNewDay()
    {
        var (holds, table) = await HoldsAsync();
        var reviews = new HoldReviews((await SharedRecords.OpenAsync()).Storage);
        await holds.PlaceAsync(One, _claim with { ReviewOn = Day }, "op-1", CancellationToken.None);
        var due = await reviews.ToReviewAsync(Day, 7, CancellationToken.None).SingleAsync(found => found.Hold.Id == _claim.Id);
        await holds.PlaceAsync(One, _claim with { ReviewOn = Day.AddDays(1) }, "op-1", CancellationToken.None);

        await reviews.NoteRemindedAsync(due, Day, CancellationToken.None);

        Assert.False((await RowAsync(table)).ContainsKey("RemindedOn"));
    }

    private async Task<TableEntity> RowAsync(TableClient table) =>
        Assert.Single(await table.QueryAsync<TableEntity>(row => row.RowKey == _claim.Id).ToListAsync());

    // With a pepper of its own: nobody else's records are found by these addresses.
    private static async Task<(Holds Holds, TableClient Table)> HoldsAsync()
    {
        var storage = (await SharedRecords.OpenAsync()).Storage;
        var pepper = new PrivacyOptions { Pepper = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) };
        var holds = new Holds(storage, new People(storage, Options.Create(pepper), TimeProvider.System), TimeProvider.System);
        return (holds, await storage.TableAsync("privacyHolds"));
    }
}
