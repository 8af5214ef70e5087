using System.Security.Cryptography;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Records;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Records;

[Clause("K-EXTEND")]
public class HoldsTests
{
    private static readonly EmailAddress One = EmailAddress.Parse("one@example.com");
    private static readonly EmailAddress Other = EmailAddress.Parse("other@example.com");
    private static readonly Hold Claim = new("claim-1", HoldKind.Legal, "payments", "a claim", "legal", new(2027, 1, 31));

    [Fact]
    public async Task OfPersonAsync_HoldsOfSomebodyElse_AreNotAmongThem()
    {
        var (holds, _) = await HoldsAsync();

        Assert.True(await holds.TryPlaceAsync(One, Claim, "op-1", CancellationToken.None));

        Assert.Equal([Claim], await holds.OfPersonAsync([One], CancellationToken.None));
        Assert.Equal([Claim], await holds.OfPersonAsync([Other, One], CancellationToken.None));
        Assert.Empty(await holds.OfPersonAsync([Other], CancellationToken.None));
        Assert.True(await holds.TryReleaseAsync(One, Claim.Id, "op-1", CancellationToken.None));
        Assert.Empty(await holds.OfPersonAsync([One], CancellationToken.None));
    }

    /// <summary>What was destroyed after a release has somebody who answers for it, whatever is placed later.</summary>
    [Fact]
    public async Task TryPlaceAsync_IdOfAReleasedHold_IsRefusedAndTheRecordStays()
    {
        var (holds, table) = await HoldsAsync();
        await holds.TryPlaceAsync(One, Claim, "op-1", CancellationToken.None);
        await holds.TryReleaseAsync(One, Claim.Id, "op-2", CancellationToken.None);

        Assert.False(await holds.TryPlaceAsync(One, Claim with { Ground = "again" }, "op-3", CancellationToken.None));

        var row = await RowAsync(table);
        Assert.Equal(("op-1", "op-2", "a claim"), (row["PlacedBy"], row["ReleasedBy"], row["Ground"]));
        Assert.Empty(await holds.OfPersonAsync([One], CancellationToken.None));
    }

    [Fact]
    public async Task TryPlaceAsync_IdOfAHoldInForce_ChangesItAndKeepsWhoPlacedIt()
    {
        var (holds, table) = await HoldsAsync();
        await holds.TryPlaceAsync(One, Claim, "op-1", CancellationToken.None);
        var prolonged = Claim with { ReviewOn = new(2028, 1, 31), DataSet = null };

        Assert.True(await holds.TryPlaceAsync(One, prolonged, "op-2", CancellationToken.None));

        Assert.Equal([prolonged], await holds.OfPersonAsync([One], CancellationToken.None));
        var row = await RowAsync(table);
        Assert.Equal(("op-1", "op-2"), (row["PlacedBy"], row["ChangedBy"]));
    }

    private static async Task<TableEntity> RowAsync(TableClient table) =>
        Assert.Single(await table.QueryAsync<TableEntity>(row => row.RowKey == Claim.Id).ToListAsync());

    // In a storage of its own, so that its table holds what this test placed.
    private static async Task<(Holds Holds, TableClient Table)> HoldsAsync()
    {
        var connection = await ScenarioStorage.EmptyAsync();
        var storage = new RecordStorage(new TableServiceClient(connection), new BlobServiceClient(connection));
        var pepper = new PrivacyOptions { Pepper = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) };
        var holds = new Holds(storage, new People(storage, Options.Create(pepper), TimeProvider.System), TimeProvider.System);
        return (holds, await storage.TableAsync("privacyHolds"));
    }
}
