using CsCheck;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Cases.Operators;
using PrivacyFunctions.Cases.Watch;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Cases.Model;

/// <summary>Each step of a case marks itself as broken, and takes its own mark away.</summary>
[Clause("C-SECURE")]
public class AttentionMarksTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static ErasureRequest New => RequestDecisions.Receive(
        ErasureRequest.New, CaseId.Parse("00000000000000000000000000000001"),
        new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)), Now, new(2026, 3, 2),
        Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0").Request;

    // As a case was written when it had room for one step.
    private static ErasureRequest OfEarlier => RecordJson.Read<ErasureRequest>(
        $$"""{"attention":"GatherDataSet/payments",{{RecordJson.Write(New)[1..]}}""");

    [Fact]
    public void Recovery_OfOneStep_LeavesTheOther()
    {
        var broken = New.After(state => AttentionDecisions.Mark(state, "A", "1")).After(state => AttentionDecisions.Mark(state, "B", "2"));
        Assert.Equal(["B"], Steps(broken.After(state => AttentionDecisions.Unmark(state, "A", "1"))));
        Assert.Equal(["A"], Steps(broken.After(state => AttentionDecisions.Unmark(state, "B", "2"))));
    }

    [Fact]
    public void Recovery_OfAStepOfTheSameNameElsewhere_LeavesTheMark()
    {
        var broken = New.After(state => AttentionDecisions.Mark(state, "A", "1"));
        Assert.IsType<Decision.NothingToDo>(AttentionDecisions.Unmark(broken, "A", "2"));
        Assert.IsType<Decision.NothingToDo>(AttentionDecisions.Unmark(broken, "A"));
    }

    [Fact]
    public void Mark_WhatIsMarked_IsNotMarkedAgain() => Assert.IsType<Decision.NothingToDo>(
        AttentionDecisions.Mark(New.After(state => AttentionDecisions.Mark(state, "A", "1")), "A", "1"));

    [Fact]
    public void Mark_OneOfTwoThatAreMarked_IsNotMarkedAgain()
    {
        var both = New.After(state => AttentionDecisions.Mark(state, "A")).After(state => AttentionDecisions.Mark(state, "B"));
        Assert.All(["A", "B"], step => Assert.IsType<Decision.NothingToDo>(AttentionDecisions.Mark(both, step)));
    }

    // People see for how long it has been waiting, however often they were told.
    [Fact]
    public void Escalation_Repeated_KeepsTheInstantOfTheFirst()
    {
        var told = New.Apply(new ErasureFact.ErasureEscalated(new(2026, 4, 2)), Now);
        var again = told.Apply(new ErasureFact.ErasureEscalated(new(2026, 4, 2)), Now.AddDays(7));
        Assert.Equal(new AttentionMark(AttentionMarks.Approval, Since: Now), Assert.Single(again.Attention!.All));
    }

    [Fact]
    public void Escalation_AndABrokenStep_KeepApart()
    {
        var plan = new ErasurePlan(New.Id, Now, "n", [new("profiles", ErasureFate.Erase, null, null, 2, "d")]);
        var waiting = New.After(RequestDecisions.Confirm).After(state => ErasureDecisions.Plan(state, plan))
            .After(state => AttentionDecisions.Mark(state, "A")).After(ErasureDecisions.Escalate);
        Assert.Equal(["A", AttentionMarks.Approval], Steps(waiting));
        Assert.Equal(["A"], Steps(waiting.After(state => ErasureDecisions.Approve(state, plan.Hash(), "op"))));
    }

    [Fact]
    public void Closed_WaitsForNobody() => Assert.Null(
        New.After(state => AttentionDecisions.Mark(state, "A"))
            .After(state => RequestDecisions.GiveUpWaiting(state, state.ConfirmBy))
            .After(state => RequestDecisions.Close(state, state.ResumeBy)).Attention);

    [Fact]
    public void RowOfEarlier_IsRead_AndItsStepTakesTheMarkAway()
    {
        Assert.Equal(["GatherDataSet/payments"], Steps(OfEarlier));
        Assert.Null(OfEarlier.After(state => AttentionDecisions.Unmark(state, "GatherDataSet/payments", "GatherDataSet-7")).Attention);
        Assert.IsType<Decision.NothingToDo>(AttentionDecisions.Unmark(OfEarlier, "PackageExport", "PackageExport-9"));
    }

    [Fact]
    public void RowOfEarlier_StepThatIsStillBroken_IsShownOnce()
    {
        var noted = OfEarlier.After(state => AttentionDecisions.Mark(state, "GatherDataSet/payments", "GatherDataSet-7"));
        Assert.Equal("GatherDataSet-7", Assert.Single(noted.Attention!.All).Scope);
    }

    [Fact]
    public void Marks_AreWrittenAndReadBack()
    {
        var broken = New.After(state => AttentionDecisions.Mark(state, "A", "1")).After(state => AttentionDecisions.Mark(state, "B"));
        var text = RecordJson.Write(broken);
        Assert.Contains(
            """[{"step":"A","scope":"1","since":"2026-03-02T10:00:00+00:00"},{"step":"B","since":"2026-03-02T10:00:00+00:00"}]""",
            text);
        Assert.Equal(broken, RecordJson.Read<ErasureRequest>(text));
    }

    [Fact]
    public void AnyOrderOfBreakingAndRecovering_ShowsExactlyWhatIsBroken() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 2], Gen.Int[0, 2]).Array[0, 30].Sample(commands =>
        {
            var (state, broken) = (New, new HashSet<(string, string?)>());
            foreach (var (breaks, step, scope) in commands)
            {
                var (name, part) = ($"S{step}", scope == 0 ? null : $"{scope}");
                state = state.After(found => breaks ? AttentionDecisions.Mark(found, name, part) : AttentionDecisions.Unmark(found, name, part));
                _ = breaks ? broken.Add((name, part)) : broken.Remove((name, part));
            }

            return broken.SetEquals((state.Attention?.All ?? []).Select(mark => (mark.Step, mark.Scope)))
                && state.Attention?.All.Count is null or > 0;
        });

    // A stage's step, the watches and a row of earlier would else be shown until the case closes.
    [Theory]
    [InlineData(WatchWorkflows.Step, null, false)]
    [InlineData(SilenceWatch.Step, null, false)]
    [InlineData("PackageExport", null, false)]
    [InlineData("PurgeDataSet/service-files", "purge:service-files-0", false)]
    [InlineData(PauseCase.Step, null, true)]
    [InlineData(AttentionMarks.Approval, null, true)]
    public void Restart_TakesAwayWhatStepsOfTheEndedWorkflowMarked(string step, string? scope, bool stays)
    {
        var marked = New.After(state => AttentionDecisions.Mark(state, step, scope));
        var (restarted, both) = (Restart(marked), Restart(marked.After(state => AttentionDecisions.Mark(state, AttentionMarks.Approval))));
        Assert.Equal(stays ? [step] : [], Steps(restarted));
        Assert.Contains(AttentionMarks.Approval, Steps(both));
        Assert.Equal(stays ? marked.Attention : null, restarted.Attention);
    }

    [Fact]
    public void Restart_OfARowOfEarlier_TakesItsMarkAway() => Assert.Null(Restart(OfEarlier).Attention);

    // A row from before it was counted says nothing of it, nor does one that never began again.
    [Fact]
    public void Restarts_AreCounted_AndWrittenOnlyIfThereWasOne()
    {
        var twice = Restart(Restart(New));
        Assert.Equal((0, 2), (New.Restarts, twice.Restarts));
        Assert.DoesNotContain("restarts", RecordJson.Write(New));
        Assert.Equal(twice, RecordJson.Read<ErasureRequest>(RecordJson.Write((ErasureRequest)twice)));
    }

    private static Case Restart(Case found) => found.Apply(new CaseFact.WorkflowRestarted(), Now);

    private static IEnumerable<string> Steps(Case found) => (found.Attention?.All ?? []).Select(mark => mark.Step);
}
