using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Model;

/// <summary>What every request goes through, in each status that it can have.</summary>
[Clause("R-ACCESS")]
[Clause("R-ERASE")]
public class RequestDecisionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CasePlan Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(7));

    // Long after every window.
    private static readonly DateTimeOffset Late = Now.AddDays(100);

    [Fact]
    [Clause("L1")]
    public void Receive_AnyRequest_IsDueByTheDateOnWhichItArrived()
    {
        var (request, fact) = RequestDecisions.Receive(
            ErasureRequest.New, Id(1), Plan, Now, new(2026, 3, 5), Residence.Elsewhere, HolidayCalendars.Of("EU"), "api", "c0");
        Assert.Equal((Id(1), CaseKind.Erasure, Now, Plan), (request.Id, request.Kind, request.ReceivedAt, request.Plan));
        Assert.Equal(new DateOnly(2026, 4, 7), request.Due.On);
        Assert.Equal(CaseStatus.AwaitingConfirmation, request.Status);
        Assert.Equal(new CaseFact.Received(CaseKind.Erasure, "api", request.Due, "c0"), fact);
    }

    // The person's own confirmation is the authority, so the clock does not wait for one.
    [Fact]
    [Clause("L9")]
    public void Receive_AskedByAnAgent_IsNotedAndDueAsAnyOther()
    {
        var (own, ownFact) = Receive(askedByAgent: false);
        var (request, fact) = Receive(askedByAgent: true);
        Assert.Equal((true, own.Due), (request.AskedByAgent, request.Due));
        Assert.Equal((CaseFact.Received)ownFact with { AskedByAgent = true }, fact);

        static (ErasureRequest Request, CaseFact Fact) Receive(bool askedByAgent) => RequestDecisions.Receive(
            ErasureRequest.New, Id(1), Plan, Now, new(2026, 3, 5), Residence.UnitedKingdom, HolidayCalendars.Of("EU"), "api", "c0", askedByAgent: askedByAgent);
    }

    // What nobody proved may be somebody else's, and what joined another case was answered with it.
    [Fact]
    [Clause("L6")]
    public void IsRepeatedBy_AnEarlierOneOfTheSameKindThatWasProven_Alone()
    {
        var later = In(CaseStatus.Confirmed) with { Id = Id(2), ReceivedAt = Now.AddDays(1) };
        Assert.True(RequestDecisions.IsRepeatedBy(In(CaseStatus.Confirmed), later));
        Assert.True(RequestDecisions.IsRepeatedBy(In(CaseStatus.Closed) with { Outcome = CaseOutcome.Answered }, later));
        foreach (var not in new SubjectRequest[]
        {
            later, In(CaseStatus.AwaitingConfirmation), In(CaseStatus.NotIdentified), In(CaseStatus.Confirmed) with { ReceivedAt = Now.AddDays(2) },
            In(CaseStatus.Confirmed) with { Resumes = Id(3) }, In(CaseStatus.Confirmed) with { Channel = Channels.Complaint },
            In(CaseStatus.Closed) with { Outcome = CaseOutcome.NotIdentified }, In(CaseStatus.Closed) with { Outcome = CaseOutcome.AnsweredByAnotherCase },
        })
            Assert.False(RequestDecisions.IsRepeatedBy(not, later));
        Assert.False(RequestDecisions.IsRepeatedBy(AccessIn(CaseStatus.Confirmed), later)); // for something else
        Assert.False(RequestDecisions.IsRepeatedBy(In(CaseStatus.Confirmed), later with { Resumes = Id(1) }));

        Assert.Equal(Decision.Nothing, RequestDecisions.NoteRepeats(later with { Repeats = Id(3) }, Id(1)));
        Assert.Equal(Decision.Nothing, RequestDecisions.NoteRepeats(later, later.Id));
        Assert.Equal(Id(1), later.After(state => RequestDecisions.NoteRepeats(state, Id(1))).Repeats);
    }

    [Fact]
    [Clause("L9")]
    public void Links_OfARequest_WorkForTheirWindowsOneAfterTheOther()
    {
        Assert.Equal(Now.AddDays(14), In(CaseStatus.AwaitingConfirmation).ConfirmBy);
        Assert.Equal(Now.AddDays(44), In(CaseStatus.AwaitingConfirmation).ResumeBy);
    }

    /// <summary>Each row: a command, and the only statuses in which it does anything.</summary>
    [Theory]
    [InlineData("join", CaseStatus.AwaitingConfirmation)]
    [InlineData("ask", CaseStatus.AwaitingConfirmation)]
    [InlineData("confirm", CaseStatus.AwaitingConfirmation, CaseStatus.NotIdentified)]
    [InlineData("give up", CaseStatus.AwaitingConfirmation)]
    [InlineData("offer", CaseStatus.Confirmed)]
    [InlineData("capture", CaseStatus.Confirmed)]
    [InlineData("plan", CaseStatus.Confirmed)]
    [InlineData("approve", CaseStatus.AwaitingApproval)]
    [InlineData("escalate", CaseStatus.AwaitingApproval)]
    [InlineData("begin", CaseStatus.Approved)]
    [InlineData("erased", CaseStatus.Erasing)]
    [InlineData("held", CaseStatus.Erasing)]
    [InlineData("rescan", CaseStatus.Erasing)]
    [InlineData("close", CaseStatus.NotIdentified, CaseStatus.Offered, CaseStatus.Erased)]
    public void Command_InEveryStatus_ChangesOnlyThoseItIsMeantFor(string command, params CaseStatus[] changes) => Assert.All(
        Enum.GetValues<CaseStatus>(),
        status => Assert.Equal(changes.Contains(status), Decide(command, In(status)) is Decision.Change));

    [Fact]
    public void Facts_OfEachCommand_SayWhatHappened()
    {
        Assert.Equal([new CaseFact.LinkedToOpenCase(Id(2))], Facts("join", CaseStatus.AwaitingConfirmation));
        Assert.Equal([new CaseFact.ConfirmationAsked()], Facts("ask", CaseStatus.AwaitingConfirmation));
        Assert.Equal([new ErasureFact.IdentifiersCaptured(3)], Facts("capture", CaseStatus.Confirmed));
        Assert.Equal(
            [new CaseFact.Gathered(13, 26), new CaseFact.ExportOffered(Late.AddDays(7), "ab", 1000)],
            Facts("offer", CaseStatus.Confirmed));
        Assert.Equal([new ErasureFact.ErasureEscalated(new(2026, 4, 2))], Facts("escalate", CaseStatus.AwaitingApproval));
        Assert.Equal([new ErasureFact.PlanApproved("ab", "op-1")], Facts("approve", CaseStatus.AwaitingApproval));
        Assert.Equal([new ErasureFact.DataSetErased("profiles", ErasureFate.Erase, 2)], Facts("erased", CaseStatus.Erasing));
        Assert.Equal([new CaseFact.DataSetHeld("profiles", "claim", "legal", new(2026, 9, 1))], Facts("held", CaseStatus.Erasing));
    }

    [Theory]
    [InlineData(CaseStatus.Erased, null, CaseOutcome.Answered)] // nothing is held
    [InlineData(CaseStatus.Erased, "ab", CaseOutcome.Erased)]
    [InlineData(CaseStatus.NotIdentified, null, CaseOutcome.NotIdentified)]
    public void Close_SaysHowItEnded(CaseStatus status, string? approved, CaseOutcome outcome)
    {
        var closed = (In(status) with { ApprovedHash = approved }).After(state => RequestDecisions.Close(state, Late));
        Assert.Equal((true, outcome, "Closed"), (closed.IsClosed, closed.Outcome, closed.Standing));
    }

    [Fact]
    public void Close_AnOfferedCopy_IsAnswered() => Assert.Equal(
        CaseOutcome.Answered, AccessIn(CaseStatus.Offered).After(state => RequestDecisions.Close(state, Late)).Outcome);

    [Fact]
    public void NotIdentified_IsTheOutcomeUntilThePersonResumes()
    {
        var given = In(CaseStatus.AwaitingConfirmation).After(state => RequestDecisions.GiveUpWaiting(state, state.ConfirmBy));
        Assert.Equal((CaseStatus.NotIdentified, CaseOutcome.NotIdentified), (given.Status, given.Outcome));
    }

    /// <summary>The link of the notice has its whole window from the day on which the person is told.</summary>
    [Theory]
    [Clause("L9")]
    [InlineData(0, 0)]
    [InlineData(23, 0)]
    [InlineData(24, 1)]
    [InlineData(40 * 24 + 5, 40)]
    public void NotIdentified_ToldLate_CanBeResumedAsMuchLater(int hours, int days)
    {
        var asked = In(CaseStatus.AwaitingConfirmation);
        var given = asked.After(state => RequestDecisions.GiveUpWaiting(state, state.ConfirmBy.AddHours(hours)));
        Assert.Equal(asked.ResumeBy.AddDays(days), given.ResumeBy);
        Assert.Same(Decision.Nothing, RequestDecisions.Close(given, given.ResumeBy.AddTicks(-1)));
        Assert.True(given.After(state => RequestDecisions.Close(state, state.ResumeBy)).IsClosed);
    }

    [Fact]
    public void Resumed_Erasure_IsConfirmedAndNamesWhereItComesFrom()
    {
        var resumed = (ErasureRequest)In(CaseStatus.AwaitingConfirmation).Apply(new ErasureFact.ErasureResumed(Id(7), "h-1"), Now);
        Assert.Equal((CaseStatus.Confirmed, Id(7), "h-1"), (resumed.Status, resumed.Resumes, resumed.ResumedHold));
    }

    private static Decision Decide(string command, ErasureRequest state) => command switch
    {
        "join" => RequestDecisions.Join(state, Id(2)),
        "ask" => RequestDecisions.Ask(state),
        "confirm" => RequestDecisions.Confirm(state),
        "give up" => RequestDecisions.GiveUpWaiting(state, Late),
        "offer" => PackageDecisions.Offer(AccessIn(state.Status), Late, new(13, 26, "ab", 1000)),
        "capture" => ErasureDecisions.NoteIdentifiers(state, 3),
        "plan" => ErasureDecisions.Plan(state, Erasure),
        "approve" => ErasureDecisions.Approve(state, "ab", "op-1"),
        "escalate" => ErasureDecisions.Escalate(state),
        "begin" => ErasureDecisions.Begin(state, Erasure),
        "erased" => ErasureDecisions.NoteErased(state, Erasure.Lines[0]),
        "held" => ErasureDecisions.NoteHeld(
            state, "profiles", new("h", HoldKind.Legal, null, "claim", "legal", new(2026, 9, 1))),
        "rescan" => ErasureDecisions.NoteRescan(state, Erasure),
        "close" => RequestDecisions.Close(state.Status == CaseStatus.Offered ? AccessIn(state.Status) : state, Late),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    private static IReadOnlyList<CaseFact> Facts(string command, CaseStatus status) =>
        Assert.IsType<Decision.Change>(Decide(command, In(status))).Facts;

    private static ErasurePlan Erasure { get; } =
        new(Id(1), Now, "n", [new("profiles", ErasureFate.Erase, null, null, 2, "d")]);

    private static AccessRequest AccessIn(CaseStatus status) => RequestDecisions.Receive(
        AccessRequest.New, Id(1), Plan, Now, new(2026, 3, 2), Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0").Request
        with { Status = status };

    private static ErasureRequest In(CaseStatus status) => RequestDecisions.Receive(
        ErasureRequest.New, Id(1), Plan, Now, new(2026, 3, 2), Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0").Request
        with { Status = status, PlanHash = "ab" };

    private static CaseId Id(int number) => CaseId.Parse(number.ToString("x32"));
}
