using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Erasure;

/// <summary>The procedure, replayed for real with skipped time: which steps, in which order, and when.</summary>
[Clause("R-ERASE")]
public class RunErasureRequestTests
{
    private static readonly ErasureLine Profile = new("profiles", ErasureFate.Erase, null, null, 1, "d1");
    private static readonly ErasureLine Posts = new("forum-posts", ErasureFate.Anonymise, null, null, 2, "d2");
    private static readonly ErasureLine Payments = new("payments", ErasureFate.Retain, "tax law", null, 3, "d3");

    private static readonly string[] Announced = [nameof(AnnouncePlan), nameof(ReadCaseStatus)];
    private static readonly string[] Answer = [nameof(TellErased), nameof(ForgetIdentifiers), nameof(CloseCase)];

    [Fact]
    public async Task Approved_IsErasedSearchedAgainAndAnswered()
    {
        await using var run = await ErasureRun.StartAsync([Profile, Posts, Payments], [Payments]);
        await run.ConfirmAsync();
        Assert.Equal(
            [nameof(CaptureIdentifiers), nameof(EndUndoWindows), nameof(PlanErasure), .. Announced], run.Calls.TakeLast(5));

        run.CallsASet = 2;
        await run.ApproveAsync();
        Assert.Equal(
            [
                nameof(BeginErasure), nameof(EraseDataSet), nameof(EraseDataSet), nameof(EraseDataSet), nameof(EraseDataSet),
                nameof(RescanData), .. Answer,
            ],
            run.Calls.TakeLast(9));
        Assert.True(await run.IsCompletedAsync());
        Assert.Equal(CaseOutcome.Erased, run.Case.Outcome);
        Histories.Record(run.History(), ErasureRun.Version);
    }

    [Fact]
    public async Task NothingHeld_IsAnsweredWithoutAnApproval()
    {
        await using var run = await ErasureRun.StartAsync();
        await run.ConfirmAsync();
        Assert.Equal([nameof(PlanErasure), .. Answer], run.Calls.TakeLast(4));
        Assert.True(await run.IsCompletedAsync());
        Assert.Equal(CaseOutcome.Answered, run.Case.Outcome);
        Histories.Record(run.History(), ErasureRun.Version);
    }

    [Fact]
    public async Task EverythingKept_IsApprovedAndAnsweredWithTheGrounds()
    {
        await using var run = await ErasureRun.StartAsync([Payments], [Payments]);
        await run.ConfirmAsync();
        Assert.DoesNotContain(nameof(TellErased), run.Calls);
        await run.ApproveAsync();
        Assert.DoesNotContain(nameof(EraseDataSet), run.Calls);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), ErasureRun.Version);
    }

    [Fact]
    public async Task NeverApproved_IsEscalatedBeforeTheDueDateAndWeeklyAfterIt()
    {
        await using var run = await ErasureRun.StartAsync([Profile], []);
        await run.ConfirmAsync();
        await run.PassAsync(TimeSpan.FromDays(24) - TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(nameof(EscalateErasure), run.Calls);
        await run.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Escalations());
        Assert.NotNull(run.Case.Attention);
        await run.PassAsync(TimeSpan.FromDays(6));
        Assert.Equal(2, Escalations());
        await run.PassAsync(TimeSpan.FromDays(7));
        Assert.Equal(3, Escalations());

        await run.ApproveAsync();
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), ErasureRun.Version);
        Histories.Record(await run.StageHistoryAsync(nameof(AwaitApproval)), "approval-v2");

        int Escalations() => run.Calls.Count(call => call == nameof(EscalateErasure));
    }

    [Fact]
    public async Task PlanChangedAfterTheApproval_DestroysNothingAndWaitsAgain()
    {
        await using var run = await ErasureRun.StartAsync([Profile], [Profile, Posts], []);
        await run.ConfirmAsync();
        run.IsChanged = true;
        await run.ApproveAsync();
        Assert.Equal([nameof(BeginErasure), .. Announced], run.Calls.TakeLast(3));
        Assert.DoesNotContain(nameof(EraseDataSet), run.Calls);

        await run.ApproveAsync();
        Assert.Equal(2, run.Calls.Count(call => call == nameof(EraseDataSet)));
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), ErasureRun.Version);
    }

    [Fact]
    public async Task ResidueFound_NeedsAnApprovalOfItsOwn()
    {
        await using var run = await ErasureRun.StartAsync([Profile], [Posts], []);
        await run.ConfirmAsync();
        await run.ApproveAsync();
        Assert.Equal([nameof(RescanData), .. Announced], run.Calls.TakeLast(3));
        await run.ApproveAsync();
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), ErasureRun.Version);
    }

    [Fact]
    public async Task AnotherRequestGoesFirst_WaitsForItAtEveryStep()
    {
        await using var run = await ErasureRun.StartAsync([Profile], []);
        run.OthersFirst = 3;
        await run.ConfirmAsync();
        Assert.Equal([nameof(PlanErasure), nameof(MayErase)], run.Calls.TakeLast(2));
        foreach (var minutes in new[] { 15, 30 }) await run.PassAsync(TimeSpan.FromMinutes(minutes));
        Assert.Equal(2, run.Calls.Count(call => call == nameof(PlanErasure)));
        Assert.Equal(3, run.Calls.Count(call => call == nameof(MayErase)));

        run.OthersFirst = 2;
        await run.ApproveAsync();
        Assert.DoesNotContain(nameof(EraseDataSet), run.Calls);
        await run.PassAsync(TimeSpan.FromMinutes(15));
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), ErasureRun.Version);
        Histories.Record(await run.StageHistoryAsync(nameof(EraseInBatches)), "batches-v2");
    }

    [Fact]
    [Clause("L9")]
    public async Task NeverConfirmed_IsToldAndNothingIsLookedUp()
    {
        await using var run = await ErasureRun.StartAsync([Profile]);
        await run.PassAsync(TimeSpan.FromDays(14));
        Assert.Equal(nameof(TellNotIdentified), run.Calls[^1]);
        await run.PassAsync(TimeSpan.FromDays(30));
        Assert.DoesNotContain(nameof(CaptureIdentifiers), run.Calls);
        Assert.True(await run.IsCompletedAsync());
        Assert.Equal(CaseOutcome.NotIdentified, run.Case.Outcome);
        Histories.Record(run.History(), ErasureRun.Version);
    }
}
