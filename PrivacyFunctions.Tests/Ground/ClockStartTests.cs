using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.LocalHost.CommandLine;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.Tests.Ground;

public sealed class ClockStartTests : IDisposable
{
    private static readonly DateTimeOffset Real = new(2026, 11, 23, 21, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset LeapYear = new(2028, 2, 20, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _real = new(Real);
    private readonly TemporaryFolder _folder = new();
    private readonly DataFolder _data;

    public ClockStartTests() => _data = DataFolder.Open(_folder.Path);

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(2028)]
    [InlineData(2024)]
    public void Open_FreshFolder_BeginsThereAndGoesOnAfterARestart(int year)
    {
        var start = new DateTimeOffset(year, 2, 20, 0, 0, 0, TimeSpan.Zero);
        var clock = ClockStart.Open(_data, start, _real);
        Assert.Equal(start, clock.GetUtcNow());
        _real.Advance(TimeSpan.FromMinutes(1));
        clock.MoveTo(start.AddDays(3));
        _real.Advance(TimeSpan.FromHours(2));

        Assert.Equal(start.AddDays(3).AddHours(2), ClockStart.Open(_data, null, _real).GetUtcNow());
        Assert.Equal(start.AddDays(3).AddHours(2), ClockStart.Open(_data, start, _real).GetUtcNow());
    }

    [Fact]
    public void Open_FreshFolderWithoutAStart_IsRealTime() => Assert.Equal(Real, ClockStart.Open(_data, null, _real).GetUtcNow());

    [Fact]
    public void Open_ClockThatBeganElsewhere_IsRefusedInOneSentence()
    {
        ClockStart.Open(_data, LeapYear, _real);

        var problem = Assert.Throws<StartUpProblem>(() => ClockStart.Open(_data, LeapYear.AddDays(1), _real));

        Assert.Equal(
            $"The clock of the data folder {_data.Root} has begun already, at 2028-02-20T00:00:00Z, and only moves forward: "
            + "leave --clock out, or choose another folder with --data.",
            problem.Message);
    }

    [Fact]
    public void Open_FolderThatLivedInRealTime_IsRefused()
    {
        File.WriteAllText(_data.EngineDatabase, "");

        var problem = Assert.Throws<StartUpProblem>(() => ClockStart.Open(_data, LeapYear, _real));

        Assert.Contains("has begun already, at real time,", problem.Message, StringComparison.Ordinal);
        Assert.Equal(Real, ClockStart.Open(_data, null, _real).GetUtcNow());
    }

    [Fact]
    public void Open_FolderWhoseClockWasMoved_IsRefused()
    {
        ClockStart.Open(_data, null, _real).MoveTo(Real.AddDays(1));

        Assert.Throws<StartUpProblem>(() => ClockStart.Open(_data, LeapYear, _real));
    }

    [Theory]
    [InlineData("2028-02-29", "2028-02-29T00:00:00Z")]
    [InlineData("2028-02-20T09:30Z", "2028-02-20T09:30:00Z")]
    [InlineData("2028-02-20T09:30", "2028-02-20T09:30:00Z")]
    [InlineData("2028-02-20T09:30:15.5+02:00", "2028-02-20T07:30:15.5Z")]
    [InlineData("2027-02-29", null)]
    [InlineData("20.2.2028", null)]
    [InlineData("1999-12-31", null)]
    [InlineData("2100-01-01", null)]
    public void Parse_DateOrInstant_IsUtc(string text, string? instant) =>
        Assert.Equal(instant is null ? null : DateTimeOffset.Parse(instant, null), ClockStart.Parse(text));
}
