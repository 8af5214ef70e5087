using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Packages;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Requests.Packages;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Access;

/// <summary>However long a step of an access request is broken, no history grows with it; and nothing happens early.</summary>
[Clause("R-ACCESS")]
public class BoundedAccessRequestTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(nameof(AskForConfirmation))]
    [InlineData(nameof(ReadCaseStatus))]
    [InlineData(nameof(GatherDataSet))]
    [InlineData(nameof(PackageExport))]
    [InlineData(nameof(SendExportLink))]
    [InlineData(nameof(DeleteExport))]
    public async Task StepBrokenForSixtyDays_IsShownMendedAndNoHistoryGrows(string activity)
    {
        await using var run = await AccessRun.StartAsync();
        run.Failures[activity] = int.MaxValue;
        await run.BeginAsync();
        await run.ConfirmAsync();
        await run.PassDaysAsync(15 + 60);
        Assert.Contains(nameof(NoteAttention), run.Calls);
        Assert.False(await run.IsCompletedAsync());

        run.Failures.Clear();
        await run.PassDaysAsync(2 + 15);
        Assert.Contains(nameof(NoteRecovery), run.Calls);
        Assert.Equal(CaseOutcome.Answered, run.Case.Outcome);
        Assert.True(await run.IsCompletedAsync());
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound);
    }

    [Fact]
    [Clause("L9")]
    public async Task NeverConfirmed_TimersASecondEarly_EndsItsWaitsWhenTheyAreOver()
    {
        await using var run = await AccessRun.StartAsync(early: Second);
        await run.BeginAsync();
        await ComeToAsync(run, run.Case.ConfirmBy);
        await ComeToAsync(run, run.Case.ResumeBy);
        Assert.InRange(Assert.Single(run.TimesOf(nameof(TellNotIdentified))), run.Case.ConfirmBy, run.Case.ConfirmBy + Second);
        Assert.InRange(Assert.Single(run.TimesOf(nameof(CloseCase))), run.Case.ResumeBy, run.Case.ResumeBy + Second);
    }

    [Fact]
    public async Task Offered_TimersASecondEarly_IsKeptUntilItsEnd()
    {
        await using var run = await AccessRun.StartAsync(early: Second);
        await run.BeginAsync();
        await run.ConfirmAsync();
        var until = run.Case.OfferedUntil!.Value;
        await ComeToAsync(run, until);
        Assert.InRange(Assert.Single(run.TimesOf(nameof(DeleteExport))), until, until + Second);
    }

    // In small steps, so that a timer that fires early is seen to do so.
    private static async Task ComeToAsync(PackagedRun run, DateTimeOffset instant)
    {
        await run.PassAsync(instant - (2 * Second) - run.Now);
        for (var step = 0; step < 20; step++) await run.PassAsync(Second / 5);
    }
}
