using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Erasure;

/// <summary>A hold that stopped an erasure and is released while the erasure is brought to its end.</summary>
[Clause("R-ERASE")]
[Clause("K-EXTEND")]
public class HoldOfAnErasureTests
{
    /// <summary>Nobody would go on with it: at the release nothing had been stopped yet.</summary>
    [Fact]
    public async Task Rescan_HoldReleasedDuringTheSearch_FindsWhatItNoLongerKeeps()
    {
        var work = await ErasureAtWork.OpenAsync(orders: 3);
        await work.HoldAsync();
        await work.EraseAsync();
        work.Source.WhileSearching = () => work.Holds.ReleaseAsync(work.Address, ErasureAtWork.Hold, "op-1", default);

        Assert.Equal(CaseStatus.AwaitingApproval, await work.Rescan.RunAsync(new(work.Case), default));

        Assert.Equal(3, await work.LeftAsync());
    }

    /// <summary>The release could not see yet that it had kept anything, and nobody else would look.</summary>
    [Fact]
    public async Task Tell_HoldReleasedAfterTheLastSearch_GoesOnWithWhatItHadKept()
    {
        var work = await ErasureAtWork.OpenAsync(orders: 3);
        await work.HoldAsync();
        await work.EraseAsync();
        Assert.Equal(CaseStatus.Erased, await work.Rescan.RunAsync(new(work.Case), default));
        await work.Tell.RunAsync(new(work.Case), default);
        Assert.Equal([work.Case], await work.People.CasesAsync([work.Address], default)); // it is still in force

        await work.Holds.ReleaseAsync(work.Address, ErasureAtWork.Hold, "op-1", default);
        await work.Tell.RunAsync(new(work.Case), default);
        await work.Tell.RunAsync(new(work.Case), default); // repeated, it is the same case

        var other = Assert.Single(await work.People.CasesAsync([work.Address], default), id => id != work.Case);
        var goesOn = await work.Cases.GetAsync<ErasureRequest>(other, default);
        Assert.Equal((work.Case, ErasureAtWork.Hold), (goesOn.Resumes, goesOn.ResumedHold));
    }

    /// <summary>What a hold kept may be another person's by then, who has not asked.</summary>
    [Fact]
    public async Task Tell_MailboxThatIsSomebodyElsesByNow_LeavesItToAPerson()
    {
        var work = await ErasureAtWork.OpenAsync(orders: 3);
        await work.HoldAsync();
        await work.EraseAsync();
        Assert.Equal(CaseStatus.Erased, await work.Rescan.RunAsync(new(work.Case), default));
        await work.Holds.ReleaseAsync(work.Address, ErasureAtWork.Hold, "op-1", default);
        await work.KnowAsync($"n-{Guid.NewGuid():N}");

        await Assert.ThrowsAsync<NotToldException>(() => work.Tell.RunAsync(new(work.Case), default));

        Assert.Equal([work.Case], await work.People.CasesAsync([work.Address], default));
        Assert.Contains(work.Mailer.Mails, mail => mail.Letter.Subject == "A hold was released, and somebody has to go on with an erasure");
    }
}
