using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Packages;
using PrivacyFunctions.Requests.Portability;
using PrivacyFunctions.Requests.Portability.Model;
using PrivacyFunctions.Tests.Requests.Packages;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Portability;

/// <summary>The procedure, replayed for real with skipped time: which steps, in which order, and when.</summary>
[Clause("R-PORT")]
public class RunPortabilityRequestTests
{
    private const string Version = "portability-v4";

    private static readonly string[] UntilAnswered =
    [
        nameof(ListDataSets), nameof(GatherDataSet), nameof(GatherDataSet), nameof(GatherDataSet),
        nameof(PackageExport), nameof(OfferExport), nameof(SendExportLink),
    ];

    [Fact]
    public async Task Confirmed_IsAnsweredAndTheExportDeletedAtItsEnd()
    {
        await using var run = await StartAsync();
        await run.BeginAsync();
        Assert.Equal([nameof(AdmitRequest), nameof(AskForConfirmation)], run.Calls);

        await run.ConfirmAsync();
        Assert.Equal([nameof(AdmitRequest), nameof(AskForConfirmation), nameof(ReadCaseStatus), .. UntilAnswered], run.Calls);

        await run.PassAsync(TimeSpan.FromDays(14) - TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(nameof(DeleteExport), run.Calls);
        await run.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal([nameof(DeleteExport), nameof(CloseCase)], run.Calls.TakeLast(2));
        Assert.Equal((true, CaseOutcome.Answered), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), Version);
    }

    [Fact]
    [Clause("L9")]
    public async Task NeverConfirmed_IsToldAndNothingIsGathered()
    {
        await using var run = await StartAsync();
        await run.BeginAsync();
        await run.PassAsync(TimeSpan.FromDays(14));
        Assert.Equal(nameof(TellNotIdentified), run.Calls[^1]);

        await run.PassAsync(TimeSpan.FromDays(30));
        Assert.Equal(nameof(CloseCase), run.Calls[^1]);
        Assert.DoesNotContain(nameof(ListDataSets), run.Calls);
        Assert.Equal((true, CaseOutcome.NotIdentified), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), Version);
    }

    [Fact]
    [Clause("L9")]
    public async Task ConfirmedAfterTheNotice_IsAnswered()
    {
        await using var run = await StartAsync();
        await run.BeginAsync();
        await run.PassAsync(TimeSpan.FromDays(20));
        await run.ConfirmAsync();

        Assert.Equal(UntilAnswered, run.Calls.TakeLast(UntilAnswered.Length));
        await run.PassAsync(TimeSpan.FromDays(14));
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), Version);
    }

    [Fact]
    public async Task StepThatStaysBroken_IsShownAndTriedUntilItWorks()
    {
        await using var run = await StartAsync();
        run.Failures[nameof(GatherDataSet)] = int.MaxValue;
        await run.BeginAsync();
        await run.ConfirmAsync();
        await run.PassDaysAsync(2);
        Assert.Contains(nameof(NoteAttention), run.Calls);
        Assert.DoesNotContain(nameof(PackageExport), run.Calls); // not a part of an answer

        run.Failures.Clear();
        await run.PassDaysAsync(2 + 14);
        Assert.Contains(nameof(NoteRecovery), run.Calls);
        Assert.Equal((true, CaseOutcome.Answered), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), Version);
    }

    [Fact]
    public async Task LinkedToAnOpenCase_EndsAtOnce()
    {
        await using var run = await StartAsync();
        run.Close();
        await run.BeginAsync();
        Assert.Equal([nameof(AdmitRequest)], run.Calls);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), Version);
    }

    private static Task<PackagedRun> StartAsync() => PackagedRun.StartAsync(
        PortabilityRequest.New, nameof(RunPortabilityRequest), RunPortabilityRequest.RunAsync);
}
