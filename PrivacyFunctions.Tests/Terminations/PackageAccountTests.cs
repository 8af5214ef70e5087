using PrivacyFunctions.Terminations;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations;

/// <summary>The copy for an account's owner, as a stage of the account's end: beside the procedure, so that it holds up nothing.</summary>
[Clause("T-EXPORT")]
public class PackageAccountTests
{
    [Fact]
    [Clause("T-EXPORT")]
    public async Task Package_ThatCannotBeMade_HoldsUpNothingThatWasPromised()
    {
        await using var run = await TerminationRun.StartAsync();
        run.Failures[nameof(PackageServiceData.PackagePart)] = 1_000_000;
        await run.LiveToPurgeAsync();
        await run.WakeAsync();
        Assert.Equal(TerminationStatus.AwaitingBackups, run.Case.Status);

        run.Failures.Clear(); // as the step itself does once there is nothing to be packed
        await run.PassDaysAsync(36);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), TerminationRun.Version);
    }

    [Fact]
    [Clause("T-EXPORT")]
    public async Task Package_OfAVeryLargeAccount_IsMadeInManyGoesWithABoundedHistory()
    {
        await using var run = await TerminationRun.StartAsync();
        run.MoreParts = 60; // more than two histories take
        await run.TakeEffectAsync();

        Assert.Equal(61, run.Calls.Count(call => call == nameof(PackageServiceData.PackagePart)));
        Assert.Single(run.Calls, nameof(PackageServiceData.OfferServiceData));
        Assert.True(await run.IsCompletedAsync(TerminationRun.PackageInstance));
        var last = run.History(TerminationRun.PackageInstance);
        Assert.Equal(61 % 25, last.Count(told => told.TaskScheduled?.Name == nameof(PackageServiceData.PackagePart)));
        Histories.Record(last, "package-v3");
    }

    [Fact]
    [Clause("T-EXPORT")]
    public async Task Package_OfAMailboxThatIsNotTheOwnersNow_IsMadeOnceItIsAgain()
    {
        await using var run = await TerminationRun.StartAsync();
        run.NotTheirs = 3;
        await run.TakeEffectAsync();
        Assert.DoesNotContain(nameof(PackageServiceData.OfferServiceData), run.Calls);
        for (var day = 0; day < 3; day++) await run.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(4, run.Calls.Count(call => call == nameof(PackageServiceData.PackagePart)));
        Assert.Single(run.Calls, nameof(PackageServiceData.OfferServiceData));
    }

    [Fact]
    public async Task Package_ThatBreaksInTwoHistories_IsShownAndMendedInBoth()
    {
        await using var run = await TerminationRun.StartAsync();
        run.MoreParts = 30;
        run.Breakdowns.Of(nameof(PackageServiceData.PackagePart), 0, 25);
        await run.TakeEffectAsync();
        await run.PassDaysAsync(1);

        run.Shown.WereShownAndTakenBack(nameof(PackageServiceData.PackagePart), nameof(PackageServiceData.PackagePart));
        Assert.Single(run.Calls, nameof(PackageServiceData.OfferServiceData));
    }
}
