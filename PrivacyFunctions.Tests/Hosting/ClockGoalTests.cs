using PrivacyFunctions.LocalHost.Time;

namespace PrivacyFunctions.Tests.Hosting;

public sealed class ClockGoalTests
{
    private static readonly DateTimeOffset Now = new(2028, 1, 31, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("14.00:00:00", null, "2028-02-14T08:00:00Z")]
    [InlineData("00:00:00", null, "2028-01-31T08:00:00Z")]
    [InlineData("month", null, "2028-02-29T08:00:00Z")]
    [InlineData("next", null, "2028-02-01T00:00:00Z")]
    [InlineData("end", null, "2038-01-31T08:00:00Z")]
    [InlineData(null, "2028-05-01", "2028-05-01T00:00:00Z")]
    [InlineData(null, "2028-01-31T09:00:00.0000000+00:00", "2028-01-31T09:00:00Z")]
    [InlineData(null, "2038-01-31", "2038-01-31T00:00:00Z")]
    public void Parse_AnyGoal_NamesItsLastInstant(string? by, string? to, string target) =>
        Assert.Equal(
            DateTimeOffset.Parse(target, null),
            ClockGoal.Parse(by, to, Now)!.Target(Now, next: new DateTimeOffset(2028, 2, 1, 0, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void Target_NextWithNothingWaiting_IsNow() => Assert.Equal(Now, new ClockGoal.Next().Target(Now, next: null));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("soon", null)]
    [InlineData("-1.00:00:00", null)]
    [InlineData("4000.00:00:00", null)]
    [InlineData("1.00:00:00", "2028-05-01")]
    [InlineData(null, "")]
    [InlineData(null, "2028-01-31")]
    [InlineData(null, "2028-02-30")]
    [InlineData(null, "2038-02-01")]
    public void Parse_BackOrTooFarOrNonsense_IsNoGoal(string? by, string? to) => Assert.Null(ClockGoal.Parse(by, to, Now));
}
