using Azure.Data.Tables;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Newsletters;
using PrivacyFunctions.Newsletters.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Newsletters;

/// <summary>A row of the company's list, whatever its columns hold.</summary>
[Clause("M-UNSUB")]
public class SubscribersTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly SubscriptionFields Fields = new("Email", "SubscribedAt", "ConsentText", "UnsubscribedAt");

    public static TheoryData<object> NoDates => new("2026-03-02", 7, true, "");

    [Theory]
    [MemberData(nameof(NoDates))]
    public void Row_WhoseDateOfUnsubscribingIsOfAnotherType_HasLeftForGood(object left)
    {
        var entry = Subscribers.Read(Row(("Email", "r@example.org"), ("SubscribedAt", At), ("ConsentText", "t"), ("UnsubscribedAt", left)), Fields).Entry;

        var word = Assert.IsType<SubscriptionWord.Left>(SubscriptionWord.Latest(entry, clicked: null, At.AddYears(1)));
        Assert.False(word.IsNews); // so that the company's row is not written over
    }

    [Fact]
    public void Row_WhoseAddressIsOfAnotherType_HasNone() => Assert.Null(Subscribers.Read(Row(("Email", 7)), Fields).Address);

    [Fact]
    public void Row_WithoutADateOfUnsubscribing_Wants() => Assert.IsType<SubscriptionWord.Wanted>(
        SubscriptionWord.Latest(Subscribers.Read(Row(("SubscribedAt", At)), Fields).Entry, clicked: null, At));

    private static TableEntity Row(params (string Column, object Value)[] columns)
    {
        var row = new TableEntity("r", "news");
        foreach (var (column, value) in columns) row[column] = value;
        return row;
    }
}
