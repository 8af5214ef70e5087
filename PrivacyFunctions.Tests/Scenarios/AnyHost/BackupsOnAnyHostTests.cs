using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>A night of the backups from its birth to its end, on whatever host.</summary>
[Clause("T-BACKUP")]
public class BackupsOnAnyHostTests
{
    [Fact]
    public async Task Night_FiredByAnOperator_IsVerifiedListedAndDeletedWhenItsTimeIsOverAndANewerOneIsThere()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        await SmallCompany.JoinAsync(host, 1);

        var night = await host.BackUpAsync();

        var born = await host.NightAsync(night);
        Assert.True(born.GetProperty("verifiedAt").GetDateTimeOffset() >= born.GetProperty("born").GetDateTimeOffset());
        Assert.True(born.GetProperty("rows").GetInt64() >= 6); // what has just joined, at least
        Assert.True(born.GetProperty("bytes").GetInt64() > 0);
        Assert.Matches("^[0-9a-f]{64}$", born.GetProperty("manifestSha256").GetString());
        Assert.False(born.TryGetProperty("attention", out _));
        Assert.NotEmpty(BlobsOf(host, night));
        var killOn = born.GetProperty("killOn").GetString()!;
        var birthday = DateOnly.FromDateTime(born.GetProperty("born").GetDateTimeOffset().UtcDateTime);
        Assert.Equal(birthday.AddDays(28), Day(killOn)); // the copy may have gone on past midnight, where days are short

        // Nights go on; one of them finds that its time is over.
        var newer = night;
        while ((await host.NightAsync(night)).State() != "deleted") newer = await host.BackUpAsync();
        var dead = await host.NightAsync(night);

        Assert.True(string.CompareOrdinal(newer, night) > 0);
        Assert.True(dead.GetProperty("deletedAt").GetDateTimeOffset() >= new DateTimeOffset(Day(killOn), TimeOnly.MinValue, TimeSpan.Zero));
        Assert.Equal(born.GetProperty("manifestSha256").GetString(), dead.GetProperty("manifestSha256").GetString());
        Assert.Empty(BlobsOf(host, night));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Pageable<BlobItem> BlobsOf(ScenarioHost host, string night) =>
        new BlobContainerClient(host.Storage, "backups").GetBlobs(BlobTraits.None, BlobStates.None, $"{night}/", default);
}
