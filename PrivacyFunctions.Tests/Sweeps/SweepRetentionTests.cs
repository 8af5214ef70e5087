using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sweeps;

/// <summary>The procedure of a day's sweep, on the real engine.</summary>
[Clause("K-SCHEDULE")]
public class SweepRetentionTests
{
    private const int Attempts = 9; // one at once, eight in an instance of its own
    private const string Version = "retention-v3";
    private const string SetVersion = "retention-set-v3";

    [Fact]
    public async Task Sweep_AllGoesWell_LooksAtEachSetOnceAndEnds()
    {
        await using var run = await SweepRun.StartAsync();

        Histories.Record(await run.RunAsync(), Version);

        Assert.Equal(["a", "b", "c", "end"], [.. run.Calls.Take(3).Order(), .. run.Calls.Skip(3)]);
    }

    [Fact]
    public async Task Sweep_OneSetIsAwayForAWhile_IsSweptWhenItIsBackAndTheOthersDidNotWait()
    {
        await using var run = await SweepRun.StartAsync();
        run.Failures["b"] = Attempts - 1;

        Histories.Record(await run.RunAsync(), Version);
        Histories.Record(run.HistoryOf("b"), SetVersion);

        var calls = run.Calls.ToList();
        Assert.Equal(["a", "c"], calls.Where(call => call is "a" or "c").Order());
        Assert.Equal(Attempts, calls.Count(call => call == "b"));
        Assert.True(calls.IndexOf("c") < calls.LastIndexOf("b") && calls.IndexOf("a") < calls.LastIndexOf("b"));
        Assert.Equal("end", calls[^1]);
    }

    [Fact]
    public async Task Sweep_OneSetStaysBroken_IsShownOnceAndTheDayEnds()
    {
        await using var run = await SweepRun.StartAsync();
        run.Failures["b"] = int.MaxValue;

        Histories.Record(await run.RunAsync(), Version);
        Histories.Record(run.HistoryOf("b"), SetVersion);

        Assert.Equal(["broken b", "end"], run.Calls.TakeLast(2));
        Assert.Equal(Attempts, run.Calls.Count(call => call == "b"));
    }

    [Fact]
    public async Task Sweep_OfManyParts_MakesEachInTurnWithShortHistories()
    {
        await using var run = await SweepRun.StartAsync();
        run.Parts["c"] = 40;
        run.Failures["c"] = 5;

        Histories.Record(await run.RunAsync(), Version);
        Histories.Record(run.HistoryOf("c"), SetVersion);

        Assert.Equal(40 + 5, run.Calls.Count(call => call == "c"));
        Assert.Equal("end", run.Calls[^1]);
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound / 4);
    }
}
