using PrivacyFunctions.Newsletters.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Newsletters.Model;

/// <summary>Whose word counts: the subscription's or the withdrawal's. Days of a month, null where nothing was said.</summary>
[Clause("M-UNSUB")]
public class SubscriptionWordTests
{
    private const int Today = 20;

    [Theory]
    [InlineData(null, false, null, null)] // nobody said anything
    [InlineData(5, false, null, null)] // without a withdrawal the list is believed
    [InlineData(5, true, null, 4)] // subscribed again after the click
    [InlineData(5, true, 4, null)] // and after what the list says
    [InlineData(5, true, 3, 4)]
    [InlineData(5, true, 4, 3)]
    [InlineData(Today, true, 4, 3)]
    public void Latest_Subscription_IsWanted(int? subscribed, bool proof, int? listed, int? clicked) =>
        Assert.Equal(new SubscriptionWord.Wanted(), Of(subscribed, proof, listed, clicked));

    [Theory]
    [InlineData(null, false, null, 4, 4, true)] // never listed
    [InlineData(3, true, null, 4, 4, true)] // an older subscription
    [InlineData(4, true, null, 4, 4, true)] // the same instant
    [InlineData(5, false, null, 4, 4, true)] // a later one without its proof
    [InlineData(null, true, null, 4, 4, true)] // a proof of nobody knows when
    [InlineData(Today + 1, true, null, 4, 4, true)] // one that has not been yet
    [InlineData(3, true, 4, null, 4, false)]
    [InlineData(4, true, 4, null, 4, false)]
    [InlineData(5, false, 4, null, 4, false)]
    [InlineData(Today + 1, true, 4, null, 4, false)]
    [InlineData(3, true, 4, 6, 4, false)] // the list's own date stands, earlier or later than the click
    [InlineData(3, true, 6, 4, 6, false)]
    [InlineData(5, true, 4, 6, 6, true)] // left, came back, left again: the list's date is of the first time
    public void Latest_Withdrawal_SaysSinceWhenAndWhetherItIsNews(
        int? subscribed, bool proof, int? listed, int? clicked, int since, bool isNews) =>
        Assert.Equal(new SubscriptionWord.Left(Day(since)!.Value, isNews), Of(subscribed, proof, listed, clicked));

    private static SubscriptionWord Of(int? subscribed, bool proof, int? listed, int? clicked) =>
        SubscriptionWord.Latest(new(Day(subscribed), proof, Day(listed)), Day(clicked), Day(Today)!.Value);

    private static DateTimeOffset? Day(int? day) => day is { } some ? new(2026, 3, some, 9, 0, 0, TimeSpan.Zero) : null;

    [Fact]
    public void Together_OfSeveralEntries_IsTheLatestWordOfAnyOfThem()
    {
        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var (early, late) = (now.AddYears(-6), now.AddYears(-2));

        Assert.Equal(ListEntry.None, ListEntry.Together([], now));
        Assert.Equal(new(late, true, early), ListEntry.Together([new(early, true, early), new(late, true, null)], now));
        Assert.Equal(new(early, true, late), ListEntry.Together([new(early, true, null), new(late, false, late)], now)); // without a proof
        Assert.Equal(new(null, false, null), ListEntry.Together([new(now.AddDays(1), true, null)], now)); // a slip
    }
}
