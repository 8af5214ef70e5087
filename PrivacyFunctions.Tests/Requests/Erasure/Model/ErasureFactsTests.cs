using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Erasure.Model;

/// <summary>What the audit trail of an erasure says: which plan, and how many items it erases, anonymises and keeps.</summary>
[Clause("R-ERASE")]
public class ErasureFactsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CaseId Id = CaseId.Parse("00000000000000000000000000000001");
    private static readonly Hold Hold = new("h-1", HoldKind.Legal, null, "claim", "legal", new(2026, 9, 1));
    private static readonly ErasureLine Erased = new("profiles", ErasureFate.Erase, null, null, 2, "d");
    private static readonly ErasureLine Anonymised = new("forum-posts", ErasureFate.Anonymise, null, null, 5, "d");
    private static readonly ErasureLine Kept = new("payments", ErasureFate.Retain, "tax law", null, 11, "d");
    private static readonly ErasureLine Held = new("profiles", ErasureFate.Retain, "claim", Hold, 3, "d");
    private static readonly ErasurePlan Plan = PlanOf("a", Erased, Anonymised, Kept, Held);

    private static ErasureRequest Confirmed => RequestDecisions.Receive(
        ErasureRequest.New, Id, new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)), Now,
        new(2026, 3, 2), Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0").Request.After(RequestDecisions.Confirm);

    private static ErasureRequest Approved => Confirmed.After(state => ErasureDecisions.Plan(state, Plan))
        .After(state => ErasureDecisions.Approve(state, Plan.Hash(), "op"));

    private static ErasureRequest Erasing => Approved.After(state => ErasureDecisions.Begin(state, Plan));

    [Fact]
    public void Destroying_OfAPlan_IsEverythingThatDoesNotStay() => Assert.Equal([Erased, Anonymised], Plan.Destroying);

    [Fact]
    public void Plan_ThatHoldsSomething_SaysHowMuchOfEach() => Assert.Equal(
        [new ErasureFact.PlanMade(Plan.Hash(), 2, 5, 14)], Facts(ErasureDecisions.Plan(Confirmed, Plan)));

    [Fact]
    public void Plan_ThatHoldsNothing_SaysThatNothingIsThere()
    {
        var nothing = PlanOf("n");
        Assert.Equal(
            [new ErasureFact.PlanMade(nothing.Hash(), 0, 0, 0), new ErasureFact.Rescanned(nothing.Hash(), 0, 0)],
            Facts(ErasureDecisions.Plan(Confirmed, nothing)));
    }

    [Fact]
    public void Begin_TheApprovedPlan_NamesItAndStoresNothingElse() => Assert.Equal(
        [new ErasureFact.ErasureBegun(Plan.Hash())], Facts(ErasureDecisions.Begin(Approved, Plan)));

    [Fact]
    public void Begin_AnotherPlan_SaysHowMuchOfEachAndForgetsTheApproval()
    {
        var changed = PlanOf("b", Erased with { Items = 7 }, Anonymised, Kept);
        var facts = Facts(ErasureDecisions.Begin(Approved, changed));
        Assert.Equal([new ErasureFact.PlanChanged(changed.Hash(), 7, 5, 11)], facts);
        Assert.Null(Approved.After(state => ErasureDecisions.Begin(state, changed)).ApprovedHash);
    }

    [Fact]
    public void NoteRescan_SomethingIsLeft_CountsItAndPlansItAnew()
    {
        var found = PlanOf("c", Erased, Anonymised, Kept);
        Assert.Equal(
            [new ErasureFact.Rescanned(found.Hash(), 7, 11), new ErasureFact.PlanMade(found.Hash(), 2, 5, 11)],
            Facts(ErasureDecisions.NoteRescan(Erasing, found)));
    }

    [Fact]
    public void NoteRescan_NothingIsLeftButWhatIsKept_CountsThatAndEndsThere()
    {
        var found = PlanOf("c", Kept, Held);
        Assert.Equal([new ErasureFact.Rescanned(found.Hash(), 0, 14)], Facts(ErasureDecisions.NoteRescan(Erasing, found)));
        Assert.Equal(found.Hash(), Erasing.After(state => ErasureDecisions.NoteRescan(state, found)).PlanHash);
    }

    [Fact]
    [Clause("K-EXTEND")]
    public void KeptBy_AHold_IsWhatItKeptAndNoOther()
    {
        Assert.Equal(["profiles"], ErasureRules.KeptBy(Plan, "h-1"));
        Assert.Empty(ErasureRules.KeptBy(Plan, "h-2"));
    }

    [Fact]
    [Clause("K-EXTEND")]
    public void OverSince_APlan_NamesTheHoldsThatKeptSomethingAndAreReleased()
    {
        Assert.Equal(["h-1"], ErasureRules.OverSince(Plan, []));
        Assert.Empty(ErasureRules.OverSince(Plan, [Hold with { DataSet = "payments" }]));
    }

    [Theory]
    [InlineData("01", "02", CaseStatus.Erasing, true)]
    [InlineData("02", "01", CaseStatus.Erasing, false)]
    [InlineData("01", "02", CaseStatus.AwaitingApproval, false)] // what it waits for is found by the directory
    [Clause("K-EXTEND")]
    public void LeavesTheDirectoryTo_OfTwoThatGoOnWithARequest_IsSoForOneOfThem(string one, string other, CaseStatus status, bool leaves)
    {
        Assert.Equal(leaves, ErasureRules.LeavesTheDirectoryTo(Of(one), Of(other)));

        ErasureRequest Of(string id) => Erasing with
        {
            Id = CaseId.FromBytes([.. Enumerable.Repeat(Convert.ToByte(id, 16), 16)]), Status = status,
        };
    }

    [Fact]
    [Clause("K-EXTEND")]
    public void MayRetain_AGroundOfTheMapOrAProtection_IsEnough()
    {
        var (retain, erase) = (new ErasureRule("payments", ErasureFate.Retain, "tax law"), new ErasureRule("profiles", ErasureFate.Erase, null));
        Assert.True(ErasureRules.MayRetain(retain, []));
        Assert.False(ErasureRules.MayRetain(erase, []));
        Assert.True(ErasureRules.MayRetain(erase, [Hold with { DataSet = "profiles" }]));
        Assert.False(ErasureRules.MayRetain(erase, [Hold with { DataSet = "payments" }]));
    }

    [Fact]
    [Clause("K-EXTEND")]
    public void IsStillHeld_AResumedErasure_WaitsForItsOwnHoldAlone()
    {
        var resumed = (ErasureRequest)Confirmed.Apply(new ErasureFact.ErasureResumed(Id, "h-1"), Now);
        Assert.True(ErasureRules.IsStillHeld(resumed, [Hold with { Id = "h-0" }, Hold]));
        Assert.False(ErasureRules.IsStillHeld(resumed, [Hold with { Id = "h-0" }]));
        Assert.False(ErasureRules.IsStillHeld(Confirmed, [Hold]));
    }

    [Theory]
    [InlineData(CaseStatus.Erasing, false)] // the search that follows sees what is over by then
    [InlineData(CaseStatus.Erased, true)]
    [InlineData(CaseStatus.Closed, true)]
    [InlineData(CaseStatus.Confirmed, false)]
    [InlineData(CaseStatus.AwaitingApproval, false)] // it is looked at again before anything is destroyed
    [InlineData(CaseStatus.Approved, false)]
    public void IsDecided_AnErasureWithAPlan_OnceItIsCarriedOut(CaseStatus status, bool isDecided)
    {
        var request = Erasing with { Status = status };
        Assert.Equal(isDecided, ErasureRules.IsDecided(request));
        Assert.False(ErasureRules.IsDecided(request with { PlanHash = null }));
    }

    private static IReadOnlyList<CaseFact> Facts(Decision decision) => Assert.IsType<Decision.Change>(decision).Facts;

    private static ErasurePlan PlanOf(string nonce, params ErasureLine[] lines) => new(Id, Now, nonce, lines);
}
