using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Tests.Sweeps;

namespace PrivacyFunctions.Tests.LegalHolds;

[Clause("K-EXTEND")]
public class HoldListTests
{
    private static readonly DateOnly Day = new(2027, 1, 31);

    [Fact]
    public async Task ByReviewAsync_MoreThanAreShown_ShowsThoseWhoseReviewComesFirst()
    {
        var store = await SweptStore.OpenAsync();
        var (list, holds, account) = (new HoldList(store.Storage, store.Holds), store.Holds, AccountId.Parse("a-77"));
        await Parallel.ForAsync(0, HoldList.Most + 5, async (number, cancellation) => await holds.PlaceAsync(
            account, new($"claim-{number}", HoldKind.Legal, null, "A claim.", "legal", Day.AddDays(-number)), "op-1", cancellation));

        var shown = await list.OfAsync(account, CancellationToken.None);
        Assert.False(shown.IsAll);
        Assert.Equal(HoldList.Most, shown.Holds.Count);
        Assert.Equal(Day.AddDays(-HoldList.Most - 4), shown.Holds[0].ReviewOn);
        Assert.Equal(shown.Holds.Select(hold => hold.ReviewOn).Order(), shown.Holds.Select(hold => hold.ReviewOn));
        Assert.DoesNotContain(shown.Holds, hold => hold.ReviewOn == Day);

        var early = await list.ByReviewAsync(Day.AddDays(-HoldList.Most), CancellationToken.None);
        Assert.True(early.IsAll);
        Assert.Equal(4, early.Holds.Count);
        await holds.ReleaseAsync(account, "claim-204", "op-1", CancellationToken.None);
        Assert.Equal(3, (await list.ByReviewAsync(Day.AddDays(-HoldList.Most), CancellationToken.None)).Holds.Count);
    }
}
