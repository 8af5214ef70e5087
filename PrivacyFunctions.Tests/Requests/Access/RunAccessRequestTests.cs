using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Packages;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Access;

/// <summary>The procedure, replayed for real with skipped time: which steps, in which order, and when.</summary>
[Clause("R-ACCESS")]
public class RunAccessRequestTests
{
    private static readonly string[] UntilAnswered =
    [
        nameof(ListDataSets), nameof(GatherDataSet), nameof(GatherDataSet), nameof(GatherDataSet),
        nameof(PackageExport), nameof(OfferExport), nameof(SendExportLink),
    ];

    [Fact]
    public async Task Confirmed_IsAnsweredAndTheExportDeletedAtItsEnd()
    {
        await using var run = await AccessRun.StartAsync();
        await run.BeginAsync();
        Assert.Equal([nameof(AdmitRequest), nameof(AskForConfirmation)], run.Calls);

        await run.ConfirmAsync();
        Assert.Equal([nameof(AdmitRequest), nameof(AskForConfirmation), nameof(ReadCaseStatus), .. UntilAnswered], run.Calls);

        await run.PassAsync(TimeSpan.FromDays(14) - TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(nameof(DeleteExport), run.Calls);
        await run.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal([nameof(DeleteExport), nameof(CloseCase)], run.Calls.TakeLast(2));
        Assert.True(await run.IsCompletedAsync());
        Assert.Equal(CaseOutcome.Answered, run.Case.Outcome);
        Histories.Record(run.History(), AccessRun.Version);
    }

    [Fact]
    [Clause("L9")]
    public async Task NeverConfirmed_IsToldAndClosedAfterTheWindowToResume()
    {
        await using var run = await AccessRun.StartAsync();
        await run.BeginAsync();
        await run.PassAsync(TimeSpan.FromDays(14));
        Assert.Equal(nameof(TellNotIdentified), run.Calls[^1]);

        await run.PassAsync(TimeSpan.FromDays(30));
        Assert.Equal(nameof(CloseCase), run.Calls[^1]);
        Assert.True(await run.IsCompletedAsync());
        Assert.Equal(CaseOutcome.NotIdentified, run.Case.Outcome);
        Histories.Record(run.History(), AccessRun.Version);
    }

    [Fact]
    [Clause("L9")]
    public async Task ConfirmedAfterTheNotice_IsAnswered()
    {
        await using var run = await AccessRun.StartAsync();
        await run.BeginAsync();
        await run.PassAsync(TimeSpan.FromDays(20));
        await run.ConfirmAsync();

        Assert.Equal(UntilAnswered, run.Calls.TakeLast(UntilAnswered.Length));
        await run.PassAsync(TimeSpan.FromDays(14));
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), AccessRun.Version);
    }

    [Fact]
    public async Task WokenWithoutNews_WaitsOnAndStillHearsTheConfirmation()
    {
        await using var run = await AccessRun.StartAsync();
        await run.BeginAsync();
        await run.WakeAsync();
        await run.WakeAsync();
        Assert.DoesNotContain(nameof(ListDataSets), run.Calls);

        await run.ConfirmAsync();
        Assert.Equal(UntilAnswered, run.Calls.TakeLast(UntilAnswered.Length));
        await run.PassAsync(TimeSpan.FromDays(14));
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), AccessRun.Version);
    }

    [Fact]
    public async Task StepThatStaysBroken_IsShownAndTriedUntilItWorks()
    {
        await using var run = await AccessRun.StartAsync();
        run.Failures[nameof(PackageExport)] = 10; // eight attempts in a quarter of an hour, and two of the next round
        await run.BeginAsync();
        await run.ConfirmAsync();
        for (var minutes = 0; minutes < 30; minutes++) await run.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(nameof(NoteAttention), run.Calls[^1]);

        for (var minutes = 0; minutes < 90; minutes++) await run.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal([nameof(PackageExport), nameof(NoteRecovery), nameof(OfferExport), nameof(SendExportLink)], run.Calls.TakeLast(4));
        Assert.Equal(11, run.Calls.Count(call => call == nameof(PackageExport)));
        await run.PassAsync(TimeSpan.FromDays(14));
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), AccessRun.Version);
        Histories.Record(await run.StageHistoryAsync(nameof(PackageExport)), "mend-v2");
    }

    [Fact]
    public async Task LinkedToAnOpenCase_EndsAtOnce()
    {
        await using var run = await AccessRun.StartAsync();
        run.Close();
        await run.BeginAsync();
        Assert.Equal([nameof(AdmitRequest)], run.Calls);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), AccessRun.Version);
    }
}
