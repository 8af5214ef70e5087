using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.ByPost;
using PrivacyFunctions.Requests.ByPost.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.ByPost;

/// <summary>The procedure, replayed for real: which steps, and in which order.</summary>
[Clause("R-EVERYONE")]
[Clause("L1")]
public class RunPostalRequestTests
{
    private static readonly DateOnly On = new(2026, 3, 9);

    private static readonly string[] Ending = [nameof(ReadCaseStatus), nameof(ForgetPostalAddress), nameof(CloseCase)];

    [Fact]
    public async Task Entered_WaitsForItsAnswerHoweverLong_AndIsClosedWithIt()
    {
        await using var run = await PostalRun.StartAsync();
        await run.BeginAsync();
        await run.PassDaysAsync(60); // overdue, it waits on: the nightly watch tells
        Assert.Equal([nameof(ReadCaseStatus)], run.Calls);

        await run.DecideAsync(state => PostalDecisions.Answer(state, new(PostalAnswer.Answered, On, "op-7"), On));
        Assert.Equal([nameof(ReadCaseStatus), .. Ending], run.Calls);
        Assert.Equal((true, CaseOutcome.Answered), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), PostalRun.Version);
    }

    // An extension wakes nobody, and a year without a word is no answer.
    [Fact]
    public async Task Woken_WithoutAnAnswer_WaitsOn()
    {
        await using var run = await PostalRun.StartAsync();
        await run.BeginAsync();
        await run.DecideAsync(_ => Decision.Nothing);
        await run.PassDaysAsync(400);
        Assert.Equal([nameof(ReadCaseStatus), nameof(ReadCaseStatus), nameof(ReadCaseStatus)], run.Calls);

        await run.DecideAsync(state => PostalDecisions.GoOn(state, CaseId.Parse(new string('a', 32)), "op-7"));
        Assert.Equal((true, CaseOutcome.AnsweredByAnotherCase), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), PostalRun.Version);
    }

    // Begun again by an operator after the answer, it does not wait for another one.
    [Fact]
    public async Task BegunAgain_AfterTheAnswer_ForgetsAndCloses()
    {
        await using var run = await PostalRun.StartAsync();
        run.Case = run.Case.After(state => PostalDecisions.Answer(state, new(PostalAnswer.NotIdentified, On, "op-7"), On));
        await run.BeginAsync();
        Assert.Equal(Ending, run.Calls);
        Assert.Equal((true, CaseOutcome.NotIdentified), (await run.IsCompletedAsync(), run.Case.Outcome));
        Histories.Record(run.History(), PostalRun.Version);
    }

    [Fact]
    public async Task Address_ThatCannotBeForgotten_IsShown_AndTheCaseStaysOpen()
    {
        await using var run = await PostalRun.StartAsync();
        run.Failures[nameof(ForgetPostalAddress)] = int.MaxValue;
        await run.BeginAsync();
        await run.DecideAsync(state => PostalDecisions.Answer(state, new(PostalAnswer.Answered, On, "op-7"), On));
        await run.PassDaysAsync(3);
        Assert.Contains(nameof(NoteAttention), run.Calls);
        Assert.DoesNotContain(nameof(CloseCase), run.Calls);

        run.Failures.Clear();
        await run.PassDaysAsync(2);
        Assert.True(await run.IsCompletedAsync());
        Histories.Record(run.History(), PostalRun.Version);
    }
}
