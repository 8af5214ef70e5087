using CsCheck;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Erasure.Model;

[Clause("R-ERASE")]
public class ErasureDecisionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CaseId Id = CaseId.Parse("00000000000000000000000000000001");
    private static readonly ErasureLine Gone = new("profiles", ErasureFate.Erase, null, null, 2, "d");
    private static readonly ErasureLine Kept = new("payments", ErasureFate.Retain, "tax law", null, 3, "d");

    private static ErasureRequest Confirmed => RequestDecisions.Receive(
        ErasureRequest.New, Id, new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)), Now,
        new(2026, 3, 2), Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0").Request.After(RequestDecisions.Confirm);

    [Fact]
    public void Plan_NothingHeld_NeedsNoApprovalAndIsAnswered()
    {
        var planned = Confirmed.After(state => ErasureDecisions.Plan(state, PlanOf("a")));
        Assert.Equal(CaseStatus.Erased, planned.Status);
        Assert.Equal(CaseOutcome.Answered, planned.After(Close).Outcome);
    }

    [Fact]
    public void Plan_EverythingRetained_IsApprovedAllTheSame() => Assert.Equal(
        CaseStatus.AwaitingApproval, Confirmed.After(state => ErasureDecisions.Plan(state, PlanOf("a", Kept))).Status);

    [Fact]
    public void Approve_HashOfAnotherPlan_ChangesNothing()
    {
        var planned = Confirmed.After(state => ErasureDecisions.Plan(state, PlanOf("a", Gone)));
        Assert.Equal(planned, planned.After(state => ErasureDecisions.Approve(state, PlanOf("b", Gone).Hash(), "op")));
    }

    [Fact]
    public void Approve_WhereTwoHaveTo_NeedsSomebodyElse_WhoMayDisagree()
    {
        var plan = PlanOf("a", Gone);
        var planned = Confirmed.After(state => ErasureDecisions.Plan(state, plan));
        Assert.Equal(planned, planned.After(state => ErasureDecisions.Refuse(state, plan.Hash(), "op-2")));
        var first = planned.After(Approve("op-1"));
        Assert.Equal((CaseStatus.AwaitingApproval, new FirstApproval(plan.Hash(), "op-1")), (first.Status, first.First));
        Assert.Equal(first, first.After(Approve("op-1")));
        Assert.True(first.CanBeWithdrawn);

        var refused = first.After(state => ErasureDecisions.Refuse(state, plan.Hash(), "op-2"));
        Assert.Equal((CaseStatus.AwaitingApproval, (FirstApproval?)null), (refused.Status, refused.First));
        Assert.Equal(CaseStatus.AwaitingApproval, refused.After(Approve("op-2")).Status);
        var approved = refused.After(Approve("op-2")).After(Approve("op-1"));
        Assert.Equal((CaseStatus.Approved, plan.Hash()), (approved.Status, approved.ApprovedHash));
        Assert.Equal(approved, approved.After(state => ErasureDecisions.Refuse(state, plan.Hash(), "op-3")));

        // Nor is a plan whose person wrote something that nobody has read.
        var written = planned with { Correspondence = new() { FromPerson = 1 } };
        Assert.Equal(written, written.After(Approve("op-1")));
        Assert.Equal(written, written.After(state => ErasureDecisions.Approve(state, plan.Hash(), "op-1")));

        // Nor one whose person was asked something and has not answered.
        var asked = planned with { Correspondence = new() { Question = new("q1", new(2026, 3, 3), new(2026, 3, 3)) } };
        Assert.Equal(asked, asked.After(Approve("op-1")));
        Assert.Equal(asked, asked.After(state => ErasureDecisions.Approve(state, plan.Hash(), "op-1")));
        Assert.Same(Decision.Nothing, Refusals.Refuse(asked, RefusalGround.NoGround, [], "0a", "op-1"));
        Assert.True(DoubtDecisions.IsPossible(asked));

        // What was approved once is not approved once more by it when it has changed.
        var changed = approved.After(state => ErasureDecisions.Begin(state, PlanOf("b", Gone with { Items = 3 })));
        Assert.Null(changed.First);
        Assert.Equal(CaseStatus.AwaitingApproval, changed.After(state => ErasureDecisions.Approve(state, changed.PlanHash!, "op-1", needsSecond: true)).Status);

        Func<ErasureRequest, Decision> Approve(string by) => state => ErasureDecisions.Approve(state, plan.Hash(), by, needsSecond: true);
    }

    [Fact]
    public void Begin_PlanChanged_WaitsForAnApprovalOfTheNewOne()
    {
        var (first, second) = (PlanOf("a", Gone), PlanOf("b", Gone with { Items = 3 }));
        var changed = Approved(first).After(state => ErasureDecisions.Begin(state, second));
        Assert.Equal((CaseStatus.AwaitingApproval, second.Hash()), (changed.Status, changed.PlanHash));
        Assert.Equal(changed, changed.After(state => ErasureDecisions.Approve(state, first.Hash(), "op")));
    }

    [Fact]
    public void Begin_EverythingGoneMeanwhile_IsDone() => Assert.Equal(
        CaseStatus.Erased, Approved(PlanOf("a", Gone)).After(state => ErasureDecisions.Begin(state, PlanOf("b"))).Status);

    [Fact]
    public void NoteRescan_OnlyWhatIsKeptIsLeft_IsErased()
    {
        var plan = PlanOf("a", Gone, Kept);
        var erased = Erasing(plan).After(state => ErasureDecisions.NoteRescan(state, PlanOf("b", Kept)));
        Assert.Equal(CaseStatus.Erased, erased.Status);
        Assert.Equal(CaseOutcome.Erased, erased.After(Close).Outcome);
    }

    [Fact]
    public void NoteRescan_Residue_NeedsAnApprovalOfItsOwn()
    {
        var residue = PlanOf("b", Gone);
        var found = Erasing(PlanOf("a", Gone)).After(state => ErasureDecisions.NoteRescan(state, residue));
        Assert.Equal((CaseStatus.AwaitingApproval, residue.Hash()), (found.Status, found.PlanHash));
    }

    [Fact]
    public void Escalate_Waiting_IsShownUntilItIsApproved()
    {
        var plan = PlanOf("a", Gone);
        var shown = Confirmed.After(state => ErasureDecisions.Plan(state, plan)).After(ErasureDecisions.Escalate);
        Assert.NotNull(shown.Attention);
        Assert.Null(shown.After(state => ErasureDecisions.Approve(state, plan.Hash(), "op")).Attention);
    }

    [Fact]
    public void AnyOrderOfCommands_DestroysOnlyWhatWasApprovedAndFoundUnchanged() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 2]).Array[0, 14].Sample(commands =>
        {
            var plans = new[] { PlanOf("a", Gone), PlanOf("b", Gone, Kept), PlanOf("c") };
            var state = Confirmed;
            foreach (var (command, number) in commands)
            {
                var (before, plan) = (state, plans[number]);
                state = state.After(found => command switch
                {
                    0 => ErasureDecisions.Plan(found, plan),
                    1 => ErasureDecisions.Approve(found, plan.Hash(), "op"),
                    2 => ErasureDecisions.Begin(found, plan),
                    3 => ErasureDecisions.NoteRescan(found, plan),
                    4 => ErasureDecisions.Escalate(found),
                    _ => Close(found),
                });
                var begins = before.Status != CaseStatus.Erasing && state.Status == CaseStatus.Erasing;
                if (begins && (before.Status != CaseStatus.Approved || before.ApprovedHash != plan.Hash())) return false;
                if (before.IsClosed && state != before) return false;
            }

            return true;
        });

    private static Decision Close(ErasureRequest state) => RequestDecisions.Close(state, Now);

    private static ErasureRequest Approved(ErasurePlan plan) => Confirmed
        .After(state => ErasureDecisions.Plan(state, plan))
        .After(state => ErasureDecisions.Approve(state, plan.Hash(), "op"));

    private static ErasureRequest Erasing(ErasurePlan plan) => Approved(plan).After(state => ErasureDecisions.Begin(state, plan));

    private static ErasurePlan PlanOf(string nonce, params ErasureLine[] lines) => new(Id, Now, nonce, lines);
}
