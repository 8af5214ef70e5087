using PrivacyFunctions.Clock;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Erasure;

/// <summary>Nothing is destroyed unless the case itself says that it is its time, and no hold forbids it at that moment.</summary>
[Clause("R-ERASE")]
public class EraseDataSetTests
{
    private const int Batch = ErasureAtWork.Batch;
    private const string Gifts = ErasureAtWork.Gifts;

    [Fact]
    public async Task Erase_OfACaseThatDoesNotCarryOutThePlan_DestroysNothing()
    {
        var records = await SharedRecords.OpenAsync();
        var id = await records.OpenCaseAsync(ErasureRequest.New);

        // What reads or destroys anything is not there: whatever was asked of it would be another failure.
        var step = new EraseDataSet(null!, records.Cases, null!, null!, null!, null!, null!, null!, null!, null!);

        await Assert.ThrowsAsync<TooEarlyException>(() => step.RunAsync(new(id, "a-plan", "profiles", 0), default));
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Erase_HeldWhileABatchIsUnderWay_BeginsNoOther()
    {
        var work = await ErasureAtWork.OpenAsync((2 * Batch) + 30);
        work.Source.Meanwhile = () => work.HoldAsync();

        Assert.Null((await work.EraseAsync()).Next);

        Assert.Equal([Batch], work.Source.Erasures);
        Assert.Equal(Batch + 30, await work.LeftAsync());
        Assert.Equal(Batch, await work.ErasedAsync());
        var entry = Assert.Single(await work.StoppedAsync());
        Assert.Equal(((2L * Batch) + 30, Batch), (entry.GetInt64("Items")!.Value, entry.GetInt64("Gone")!.Value));
        Assert.False(entry.ContainsKey("CompletedAt"));
    }

    /// <summary>The answer must not say that everything was kept.</summary>
    [Fact]
    [Clause("K-EXTEND")]
    public async Task Erase_HeldAfterACallThatWasBrokenOff_TellsWhatHadGone()
    {
        var work = await ErasureAtWork.OpenAsync((2 * Batch) + 30);
        work.Source.After = () => throw new TimeoutException();
        await Assert.ThrowsAsync<TimeoutException>(work.EraseAsync);
        work.Source.After = () => Task.CompletedTask;
        await work.HoldAsync();

        Assert.Null((await work.EraseAsync()).Next);

        Assert.Equal(Batch + 30, await work.LeftAsync());
        Assert.Equal(Batch, await work.ErasedAsync());
    }

    /// <summary>Else a set that was done once would count as done, or as not done, for whatever comes after.</summary>
    [Fact]
    public async Task Erase_OfWhatCameSince_UnderASecondPlan_IsNotedByItself()
    {
        var work = await ErasureAtWork.OpenAsync(30);
        Assert.Null((await work.EraseAsync()).Next);
        await work.AddOrdersAsync(7, first: 500);
        Assert.Equal(CaseStatus.AwaitingApproval, await work.Rescan.RunAsync(new(work.Case), default));
        await work.ApproveAgainAsync();

        Assert.Null((await work.EraseAsync()).Next);

        Assert.Equal(0, await work.LeftAsync());
        Assert.Equal([30L, 7L], await work.ErasuresAsync());
    }

    /// <summary>What the plan does not list is no part of what it destroys, and must not stand for it.</summary>
    [Fact]
    [Clause("K-EXTEND")]
    public async Task Erase_HeldAfterABrokenCallBesideWhatCameSince_TellsWhatHadGone()
    {
        var work = await ErasureAtWork.OpenAsync(Batch + 30);
        var since = (2 * Batch) + 50;
        work.Source.After = () => throw new TimeoutException();
        await Assert.ThrowsAsync<TimeoutException>(work.EraseAsync);
        work.Source.After = () => Task.CompletedTask;
        await work.AddOrdersAsync(since, first: 50_000);
        await work.HoldAsync();

        Assert.Null((await work.EraseAsync()).Next);

        Assert.Equal(since + 30, await work.LeftAsync());
        Assert.Equal(Batch, await work.ErasedAsync());
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Erase_HeldWhileWhatABrokenCallHadErasedIsRepeated_TellsAllThatHadGone()
    {
        var (work, erased) = (await ErasureAtWork.OpenAsync((3 * Batch) + 30), 0);
        work.Source.After = () => ++erased == 2 ? throw new TimeoutException() : Task.CompletedTask;
        await Assert.ThrowsAsync<TimeoutException>(work.EraseAsync);
        work.Source.After = () => work.HoldAsync(); // after the first of them again

        Assert.Null((await work.EraseAsync()).Next);

        Assert.Equal(Batch + 30, await work.LeftAsync());
        Assert.Equal(2 * Batch, await work.ErasedAsync());
        Assert.Equal(2 * Batch, Assert.Single(await work.StoppedAsync()).GetInt64("Gone"));
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Erase_HeldBeforeItsFirstBatch_EntersNothing()
    {
        var work = await ErasureAtWork.OpenAsync(3);
        await work.HoldAsync();

        Assert.Null((await work.EraseAsync()).Next);

        Assert.Equal(3, await work.LeftAsync());
        Assert.Empty(await work.StoppedAsync());
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Erase_OtherSetOfTheSameRowsHeldMeanwhile_LeavesTheRowsThatAreInBoth()
    {
        var work = await ErasureAtWork.OpenAsync((2 * Batch) + 30, isInTwoSets: true);
        work.Source.Meanwhile = () => work.HoldAsync(Gifts);

        await work.EraseAsync();

        Assert.Equal(Batch + 30, await work.LeftAsync());
    }
}
