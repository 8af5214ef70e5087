using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Complaint.Model;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Rectification.Model;
using PrivacyFunctions.Requests.Use.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests;

/// <summary>How a case stands, in words for its person, and what can be withdrawn.</summary>
public class StandingsTests
{
    public static TheoryData<string, CaseStatus> All
    {
        get
        {
            var all = new TheoryData<string, CaseStatus>();
            foreach (var kind in Kinds.Requests.All)
                foreach (var status in Enum.GetValues<CaseStatus>())
                    all.Add(kind.Kind.Name, status);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Request_HoweverItStands_SaysWhatIsAndWhatComes(string kind, CaseStatus status)
    {
        var words = Standings.Of(Of(kind) with { Status = status }, Kinds.Request(kind).Words);
        Assert.Equal(2, words.Count);
        Assert.All(words, sentence => Assert.EndsWith(".", sentence));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Request_HoweverItEnded_SaysWhatCameOfIt(string kind, CaseStatus status)
    {
        if (status != CaseStatus.Closed) return;
        var (closed, said) = (Of(kind) with { Status = status }, new List<string>());
        foreach (var outcome in Enum.GetValues<CaseOutcome>().Where(each => each is not (CaseOutcome.None or CaseOutcome.Purged or CaseOutcome.Undone or CaseOutcome.NotTheOwner)))
            said.Add(Standings.Of(closed with { Outcome = outcome }, Kinds.Request(kind).Words)[0]);
        Assert.Equal(said.Distinct(), said);
        Assert.DoesNotContain("It is closed.", said);
        Assert.All(said, sentence => Assert.EndsWith(".", sentence));
    }

    // Each way in which a kind can end has words, and there are words for nothing else.
    [Fact]
    public void Ends_OfEachKind_AreThoseThatItsStatesSay()
    {
        SubjectRequest[] more =
        [
            ((RectificationRequest)Of("rectification")) with { Submission = "k" }, ((UseRequest)Of("use")) with { LiftedAt = default(DateTimeOffset) },
            .. Enum.GetValues<ComplaintFinding>().Select(finding => ((ComplaintRequest)Of("complaint")) with { Finding = finding }),
        ];
        foreach (var kind in Kinds.Requests.All)
            Assert.Equal(
                more.Append(Of(kind.Kind.Name)).Where(state => state.Kind == kind.Kind).Select(state => state.HowAnswered).Distinct().Order(),
                kind.Words.Ends.Keys.Order());
    }

    // What was begun cannot be taken back: only what waits for the person or for a decision.
    [Theory]
    [MemberData(nameof(All))]
    public void Request_CanBeWithdrawn_AsLongAsNothingOfItWasDone(string kind, CaseStatus status)
    {
        var open = Of(kind) with { Status = status };
        var expected = status switch
        {
            CaseStatus.AwaitingConfirmation or CaseStatus.NotIdentified => kind != "complaint",
            CaseStatus.AwaitingApproval => kind == "erasure",
            CaseStatus.Offered => kind == "rectification",
            CaseStatus.AwaitingDecision => kind == "complaint",
            _ => false,
        };
        Assert.Equal(expected, open.CanBeWithdrawn);
        if (!expected) Assert.Same(Decision.Nothing, RequestDecisions.Withdraw(open));
        else Assert.Equal((true, CaseOutcome.Withdrawn), Ended(open.After(RequestDecisions.Withdraw)));
    }

    // What a plan has destroyed nobody can take back, and what an operator stopped nobody would end.
    [Fact]
    public void Erasure_ThatBeganOrIsPaused_CannotBeWithdrawn()
    {
        var waits = (ErasureRequest)Of("erasure") with { Status = CaseStatus.AwaitingApproval, PlanHash = "ab" };
        Assert.IsType<Decision.Change>(RequestDecisions.Withdraw(waits));
        Assert.IsType<Decision.Change>(RequestDecisions.Withdraw(waits with { Attention = AttentionMarks.With(null, new(AttentionMarks.Approval)) }));
        foreach (var other in new[]
            {
                waits with { HasBegun = true }, waits with { ApprovedHash = "ab" }, waits with { Resumes = waits.Id },
                waits with { Attention = AttentionMarks.With(null, new(AttentionMarks.Paused)) },
                waits with { Attention = AttentionMarks.With(null, new("PlanErasure")) },
            })
            Assert.Same(Decision.Nothing, RequestDecisions.Withdraw(other));
        Assert.True(((ErasureRequest)waits.Apply(new ErasureFact.ErasureBegun("ab"), default)).HasBegun);
    }

    private static (bool IsClosed, CaseOutcome Outcome) Ended(SubjectRequest request) => (request.IsClosed, request.Outcome);

    private static SubjectRequest Of(string kind) => Kinds.Request(kind).New(
        CaseId.FromBytes(new byte[16]), new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), new(new(2026, 4, 2), new(2026, 4, 2), "L1"),
        new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)));
}
