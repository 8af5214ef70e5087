using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Objection;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Objection;

/// <summary>The procedure, replayed for real: which steps, and in which order.</summary>
[Clause("R-OBJECT")]
public class RunObjectionTests
{
    private static readonly string[] AtOnce =
        [nameof(AdmitRequest), nameof(StopMarketing), nameof(TellMarketingStopped), nameof(CloseCase)];

    [Fact]
    public async Task Received_IsHonouredToldAndClosedAtOnce()
    {
        await using var run = await ObjectionRun.StartAsync();
        await run.BeginAsync();
        Assert.Equal(AtOnce, run.Calls);
        Assert.Equal((true, CaseOutcome.Answered), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), ObjectionRun.Version);
    }

    [Fact]
    public async Task LinkedToAnOpenCase_EndsAtOnce()
    {
        await using var run = await ObjectionRun.StartAsync();
        run.Case = run.Case.After(_ => new Decision.Change(new CaseFact.LinkedToOpenCase(run.Case.Id)));
        await run.BeginAsync();
        Assert.Equal([nameof(AdmitRequest)], run.Calls);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), ObjectionRun.Version);
    }

    // A provider that is away keeps the mail waiting, and not the objection.
    [Fact]
    public async Task MailThatStaysBroken_IsShownAndTheObjectionCountsMeanwhile()
    {
        await using var run = await ObjectionRun.StartAsync();
        run.Failures[nameof(TellMarketingStopped)] = int.MaxValue;
        await run.BeginAsync();
        Assert.NotNull(run.Case.StoppedAt);
        await run.PassDaysAsync(3);
        Assert.Contains(nameof(NoteAttention), run.Calls);
        Assert.DoesNotContain(nameof(CloseCase), run.Calls);

        run.Failures.Clear();
        await run.PassDaysAsync(2);
        Assert.Equal((true, CaseOutcome.Answered), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), ObjectionRun.Version);
    }
}
