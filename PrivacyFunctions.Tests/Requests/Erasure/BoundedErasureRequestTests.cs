using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Erasure;

/// <summary>However long an erasure waits, for whatever, no history grows with it.</summary>
[Clause("R-ERASE")]
public class BoundedErasureRequestTests
{
    private static readonly ErasureLine Profile = new("profiles", ErasureFate.Erase, null, null, 1, "d1");
    private static readonly ErasureLine Posts = new("forum-posts", ErasureFate.Anonymise, null, null, 2, "d2");

    [Theory]
    [InlineData(nameof(CaptureIdentifiers))]
    [InlineData(nameof(PlanErasure))]
    [InlineData(nameof(AnnouncePlan))]
    [InlineData(nameof(BeginErasure))]
    [InlineData(nameof(EraseDataSet))]
    [InlineData(nameof(TellErased))]
    public async Task StepBrokenForSixtyDays_IsShownMendedAndNoHistoryGrows(string activity)
    {
        await using var run = await ErasureRun.StartAsync([Profile], []);
        run.Failures[activity] = int.MaxValue;
        await run.ConfirmAsync();
        if (run.Case.Status == CaseStatus.AwaitingApproval && activity != nameof(AnnouncePlan)) await run.ApproveAsync();
        await run.PassDaysAsync(60);
        Assert.Contains(nameof(NoteAttention), run.Calls);

        run.Failures.Clear();
        await run.PassDaysAsync(2);
        if (run.Case.Status == CaseStatus.AwaitingApproval) await run.ApproveAsync();
        Assert.Contains(nameof(NoteRecovery), run.Calls);
        Assert.Equal(CaseOutcome.Erased, run.Case.Outcome);
        Assert.True(await run.IsCompletedAsync());
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound);
    }

    [Fact]
    public async Task MillionRows_AreErasedInBatchesAndNoHistoryGrows()
    {
        await using var run = await ErasureRun.StartAsync([Profile, Posts], []);
        await run.ConfirmAsync();
        run.CallsASet = 500; // of two thousand items
        await run.ApproveAsync();
        Assert.Equal(1000, run.Calls.Count(call => call == nameof(EraseDataSet)));
        Assert.True(await run.IsCompletedAsync());
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound);
    }

    [Fact]
    public async Task AnotherRequestFirstForSixtyDays_IsAskedForDailyAndNoHistoryGrows()
    {
        await using var run = await ErasureRun.StartAsync([Profile], []);
        run.OthersFirst = int.MaxValue;
        await run.ConfirmAsync();
        await run.PassDaysAsync(60);
        Assert.InRange(run.Calls.Count(call => call == nameof(MayErase)), 60, 75);
        Assert.DoesNotContain(nameof(NoteAttention), run.Calls);

        run.OthersFirst = 0;
        await run.PassDaysAsync(1);
        run.OthersFirst = int.MaxValue;
        await run.ApproveAsync();
        await run.PassDaysAsync(60);
        Assert.DoesNotContain(nameof(EraseDataSet), run.Calls);

        run.OthersFirst = 0;
        await run.PassDaysAsync(1);
        Assert.True(await run.IsCompletedAsync());
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound);
    }

    [Fact]
    public async Task AnotherRequest_ThatComesWhileADataSetIsErased_IsWaitedFor()
    {
        await using var run = await ErasureRun.StartAsync([Profile], []);
        await run.ConfirmAsync();
        run.Acts[nameof(EraseDataSet)] = () => run.OthersFirst = 3;
        await run.ApproveAsync();
        Assert.Equal(1, run.Calls.Count(call => call == nameof(EraseDataSet)));

        await run.PassDaysAsync(1);
        Assert.Equal(2, run.Calls.Count(call => call == nameof(EraseDataSet)));
        Assert.Equal(3, run.Calls.Count(call => call == nameof(MayErase)));
        Assert.True(await run.IsCompletedAsync());
    }

    /// <summary>Version 1 asks the step itself, with pauses that grow up to a day.</summary>
    [Fact]
    public async Task AnotherRequest_ThatComesWhileVersion1ErasesADataSet_IsWaitedForWithGrowingPauses()
    {
        await using var run = await ErasureRun.StartAsync("1", isConfirmed: false, [Profile], []);
        await run.ConfirmAsync();
        run.Acts[nameof(EraseDataSet)] = () => run.OthersFirst = int.MaxValue;
        await run.ApproveAsync();
        foreach (var (turn, minutes) in new[] { 15, 30, 60, 120, 240, 480, 960, 1440, 1440 }.Index())
        {
            Assert.Equal(turn + 1, run.Calls.Count(call => call == nameof(EraseDataSet)));
            await run.PassAsync(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            Assert.Equal(turn + 1, run.Calls.Count(call => call == nameof(EraseDataSet)));
            await run.PassAsync(TimeSpan.FromSeconds(1));
        }

        run.OthersFirst = 0;
        await run.PassDaysAsync(2);
        Assert.True(await run.IsCompletedAsync());
    }

    [Fact]
    public async Task RequestWhoseMailboxWasProvenBefore_GoesOnWithoutAskingForIt()
    {
        await using var run = await ErasureRun.StartAsync(version: null, isConfirmed: true, [Profile], []);
        await run.ApproveAsync();

        Assert.DoesNotContain(nameof(AskForConfirmation), run.Calls);
        Assert.Equal(CaseOutcome.Erased, run.Case.Outcome);
        Assert.True(await run.IsCompletedAsync());
    }

    /// <summary>The person pressed the button at the moment at which their time was over.</summary>
    [Fact]
    public async Task ConfirmationThatComesBeforeThePersonIsToldOfNone_Wins()
    {
        await using var run = await ErasureRun.StartAsync([Profile], []);
        run.Acts[nameof(TellNotIdentified)] = run.ConfirmUnheard; // and nobody wakes the case
        await run.PassDaysAsync(15);
        await run.ApproveAsync();

        Assert.Equal(CaseOutcome.Erased, run.Case.Outcome);
        Assert.True(await run.IsCompletedAsync());
    }

    [Fact]
    public async Task NeverApprovedForTwoYears_IsToldOfWeeklyAndNoHistoryGrows()
    {
        await using var run = await ErasureRun.StartAsync([Profile], []);
        await run.ConfirmAsync();
        for (var day = 0; day < 730; day++) await run.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(2 + 100, run.Calls.Count(call => call == nameof(EscalateErasure)));

        await run.ApproveAsync();
        Assert.True(await run.IsCompletedAsync());
        Assert.InRange(run.Longest.Events, 1, LongestHistory.Bound);
    }

    [Fact]
    public async Task ApprovedWhilePeopleAreToldThatItWaits_IsNotWaitedForAnyMore()
    {
        await using var run = await ErasureRun.StartAsync([Profile], []);
        await run.ConfirmAsync();
        run.Acts[nameof(EscalateErasure)] = run.ApproveUnheard; // and nobody wakes the case
        await run.PassAsync(TimeSpan.FromDays(24));
        Assert.Equal(1, run.Calls.Count(call => call == nameof(EscalateErasure)));
        Assert.True(await run.IsCompletedAsync());
    }

    [Fact]
    public async Task SecondPlanAfterAnEscalation_IsToldOfInItsTurn()
    {
        await using var run = await ErasureRun.StartAsync([Profile], [Posts], []);
        await run.ConfirmAsync();
        await run.PassAsync(TimeSpan.FromDays(24));
        await run.ApproveAsync(); // what the search finds afterwards waits for an approval of its own
        Assert.Equal(CaseStatus.AwaitingApproval, run.Case.Status);
        await run.PassAsync(TimeSpan.FromDays(6));
        await run.PassAsync(TimeSpan.FromDays(7));
        Assert.Equal([0, 1, 2], run.Escalations);
    }

    // People are told on the 24th day, the 30th, and each week after it.
    [Theory]
    [InlineData(29, 0)]
    [InlineData(30, 1)]
    [InlineData(37, 2)]
    [InlineData(40, 2)]
    public async Task PlanThatComesLate_IsToldOfOnceForAllInstantsThatAreOver(int day, int number)
    {
        await using var run = await ErasureRun.StartAsync([Profile], []);
        await run.PassAsync(TimeSpan.FromDays(14));
        await run.PassAsync(TimeSpan.FromDays(day - 14));
        await run.ConfirmAsync(); // late, but in time to resume
        Assert.Equal([number], run.Escalations);

        await run.PassAsync(TimeSpan.FromDays(7));
        Assert.Equal([number, number + 1], run.Escalations);
    }

    [Fact]
    public async Task Batches_ThatBreakInTwoHistories_AreShownAndMendedInBoth()
    {
        await using var run = await ErasureRun.StartAsync([Profile], []);
        run.CallsASet = 30;
        run.Breakdowns.Of(nameof(EraseDataSet), 0, 25);
        await run.ConfirmAsync();
        await run.ApproveAsync();
        await run.PassDaysAsync(1);

        const string Erase = $"{nameof(EraseDataSet)}/profiles";
        run.Shown.WereShownAndTakenBack(Erase, Erase);
        Assert.True(await run.IsCompletedAsync());
    }
}
