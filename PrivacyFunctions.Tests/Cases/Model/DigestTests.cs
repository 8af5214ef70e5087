using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Cases.Model;

/// <summary>The numbers of the day.</summary>
[Clause("L1")]
public class DigestTests
{
    private static readonly DateOnly Today = new(2026, 3, 26);

    [Theory]
    [InlineData("2026-03-25", 1, 0)]
    [InlineData("2026-03-26", 0, 1)]
    [InlineData("2026-04-02", 0, 1)]
    [InlineData("2026-04-03", 0, 0)]
    public void Open_IsCountedByItsDueDate(string due, int overdue, int soon) => Assert.Equal(
        new Digest(1, overdue, soon, 0, 0, 0, 0), Digest.None.WithOpen(Due(due), Today));

    [Fact]
    public void Open_ThatWaitsForAnOperatorOrItsPerson_IsCountedAsThat()
    {
        var waits = Due("2026-06-01") with { Status = CaseStatus.AwaitingDecision, Correspondence = new() { Question = new("q1", Today, Today) } };
        Assert.Equal(new Digest(2, 0, 0, 2, 0, 2, 0), Digest.None.WithOpen(waits, Today).WithOpen(waits with { Status = CaseStatus.AwaitingApproval }, Today));
        Assert.Equal(new Digest(1, 0, 0, 0, 0, 0, 0), Digest.None.WithOpen(Due("2026-03-01") with { Status = CaseStatus.Offered }, Today));
    }

    [Theory]
    [InlineData(AttentionMarks.Message, 1, 0, 0)]
    [InlineData(AttentionMarks.Approval, 0, 0, 0)]
    [InlineData(AttentionMarks.Paused, 0, 0, 1)]
    [InlineData("GatherDataSet", 0, 1, 0)]
    public void Attention_IsAMessageOrSomethingBroken(string step, int unread, int broken, int paused) => Assert.Equal(
        new Digest(0, 0, 0, 0, unread, 0, broken, paused), Digest.None.WithAttention(Due("2026-06-01") with { Attention = AttentionMarks.With(null, new(step)) }));

    [Fact]
    public void Digest_OfWhatGoesItsWay_IsQuiet()
    {
        Assert.True(new Digest(7, 0, 0, 0, 0, 0, 0).IsQuiet);
        foreach (var some in new Digest[] { new(7, 1, 0, 0, 0, 0, 0), new(7, 0, 1, 0, 0, 0, 0), new(7, 0, 0, 1, 0, 0, 0), new(0, 0, 0, 0, 1, 0, 0), new(7, 0, 0, 0, 0, 1, 0), new(0, 0, 0, 0, 0, 0, 1), Digest.None with { NotLookedAt = 1 } })
            Assert.False(some.IsQuiet, $"{some}");
    }

    private static SubjectRequest Due(string day) => AccessRequest.New(
        CaseId.Parse("00112233445566778899aabbccddeeff"), new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), new(DateOnly.Parse(day), DateOnly.Parse(day), "L1"),
        new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14))) with { Status = CaseStatus.Confirmed };
}
