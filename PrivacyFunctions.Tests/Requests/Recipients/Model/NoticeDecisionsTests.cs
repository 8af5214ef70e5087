using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Requests.Recipients.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Recipients.Model;

/// <summary>What is entered about a notice, and when somebody is asked about it.</summary>
[Clause("C-RECIPIENTS")]
public class NoticeDecisionsTests
{
    private static readonly DateOnly Today = new(2026, 3, 20);
    private static readonly RecipientNotice New = new(RecipientAct.Erased, "reseller", new(2026, 3, 2));
    private static readonly RecipientNotice Told = New with { ToldOn = new(2026, 3, 5), Way = NoticeWay.Letter, Entries = 1 };
    private static readonly RecipientNotice Answered = Told with { Answer = NoticeAnswer.Done, AnsweredOn = new(2026, 3, 10), Entries = 2 };

    public static TheoryData<string, string, bool, string> Tellings => new()
    {
        { "new", "2026-03-05", false, "entry" }, { "new", "2026-03-20", false, "entry" }, { "new", "2026-03-02", false, "entry" },
        { "new", "2026-03-21", false, "NotYet" }, { "new", "2026-03-01", true, "BeforeTheAct" }, { "new", "2026-03-05", true, "entry" },
        { "told", "2026-03-05", false, "nothing" }, { "told", "2026-03-06", false, "ToldOtherwise" }, { "told", "2026-03-06", true, "correction" },
        { "answered", "2026-03-05", false, "nothing" }, { "answered", "2026-03-06", false, "ToldOtherwise" },
        { "answered", "2026-03-06", true, "correction" }, { "answered", "2026-03-11", true, "AfterTheAnswer" },
    };

    public static TheoryData<string, string, NoticeAnswer, bool, string> Answers => new()
    {
        { "new", "2026-03-10", NoticeAnswer.Done, false, "NotTold" }, { "new", "2026-03-21", NoticeAnswer.Done, false, "NotYet" },
        { "new", "2026-03-10", NoticeAnswer.NothingHeld, false, "NotTold" }, { "new", "2026-03-10", NoticeAnswer.Refused, true, "NotTold" },
        { "new", "2026-03-10", NoticeAnswer.Impossible, false, "entry" }, { "new", "2026-03-02", NoticeAnswer.Disproportionate, false, "entry" },
        { "new", "2026-03-01", NoticeAnswer.Impossible, false, "BeforeTheAct" },
        { "told", "2026-03-10", NoticeAnswer.Done, false, "entry" }, { "told", "2026-03-05", NoticeAnswer.Refused, true, "entry" },
        { "told", "2026-03-04", NoticeAnswer.Impossible, false, "BeforeItWasTold" }, { "told", "2026-03-21", NoticeAnswer.Done, false, "NotYet" },
        { "answered", "2026-03-10", NoticeAnswer.Done, false, "nothing" }, { "answered", "2026-03-10", NoticeAnswer.Done, true, "nothing" },
        { "answered", "2026-03-11", NoticeAnswer.Done, false, "AnsweredOtherwise" }, { "answered", "2026-03-10", NoticeAnswer.Refused, false, "AnsweredOtherwise" },
        { "answered", "2026-03-10", NoticeAnswer.Refused, true, "correction" }, { "answered", "2026-03-04", NoticeAnswer.Done, true, "BeforeItWasTold" },
    };

    [Theory]
    [MemberData(nameof(Tellings))]
    public void Tell_ComesTo(string notice, string on, bool corrects, string expected) => Assert.Equal(
        expected, WordOf(NoticeDecisions.Tell(Of(notice), DateOnly.Parse(on), NoticeWay.Letter, corrects, Today)));

    [Theory]
    [MemberData(nameof(Answers))]
    public void Answer_ComesTo(string notice, string on, NoticeAnswer answer, bool corrects, string expected) => Assert.Equal(
        expected, WordOf(NoticeDecisions.Answer(Of(notice), DateOnly.Parse(on), answer, corrects, Today)));

    [Theory]
    [InlineData("2026-03-02", 14, "2026-03-16")] // to ask why one was not told
    [InlineData("2026-03-16", 14, "2026-03-19")] // why the other has not answered
    [InlineData("2026-03-19", 14, "2026-04-24")]
    [InlineData("2026-04-24", 14, "2026-05-01")] // to forget the person
    [InlineData("2026-05-01", 14, "2026-07-30")] // whether something was left behind
    [InlineData("2026-03-02", 30, "2026-04-01")]
    public void Look_IsDueOnTheNextDayOnWhichSomethingHasToBeDone(string today, int days, string next)
    {
        var (day, told) = (DateOnly.Parse(today), new CaseFact.RecipientTold("Erased", "reseller", new(2026, 3, 5), "Mail"));
        var facts = new List<CaseFact> { Made("Erased", "azure", "reseller"), told };
        for (var asked = new DateOnly(2026, 3, 2); asked <= day; asked = asked.AddDays(1))
            if (NoticeDecisions.LateOn(Assert.Single(ActNotices.In(facts)), asked, days) is { } late) facts.Add(late);
        Assert.Equal(DateOnly.Parse(next), NoticeDecisions.LookOn(Assert.Single(ActNotices.In(facts)), day, days));
    }

    [Fact]
    public void Notices_AreWhatTheChainSaysOfEachActAndRecipient()
    {
        var all = ActNotices.In(
        [
            new CaseFact.Confirmed(), Made("Restricted", "azure", "reseller"), new CaseFact.RecipientTold("Restricted", "reseller", new(2026, 3, 3), "Mail"),
            new CaseFact.RecipientsLate("Restricted", ["azure"], ["reseller"]), new CaseFact.RecipientAnswered("Restricted", "reseller", new(2026, 3, 4), "NothingHeld"),
            Made("Lifted", "reseller"), new CaseFact.RecipientTold("Lifted", "reseller", new(2026, 3, 5), "Letter"),
            new CaseFact.RecipientTold("Lifted", "reseller", new(2026, 3, 6), "Telephone") { Corrects = true }, new CaseFact.Closed(CaseOutcome.Answered),
        ]);

        Assert.Equal([(RecipientAct.Restricted, false), (RecipientAct.Lifted, true)], all.Select(act => (act.Act, act.IsOpen)));
        Assert.Equal(
            [
                new(RecipientAct.Restricted, "azure", new(2026, 3, 2)) { TimesKnownUntold = 1, IsOver = true },
                new(RecipientAct.Restricted, "reseller", new(2026, 3, 2))
                {
                    ToldOn = new(2026, 3, 3), Way = NoticeWay.Mail, Answer = NoticeAnswer.NothingHeld, AnsweredOn = new(2026, 3, 4), Entries = 2,
                    IsKnownUnanswered = true, IsOver = true,
                },
            ],
            all[0].Notices);
        Assert.Equal(
            new(RecipientAct.Lifted, "reseller", new(2026, 3, 2)) { ToldOn = new(2026, 3, 6), Way = NoticeWay.Telephone, Entries = 2 },
            Assert.Single(all[1].Notices));
        Assert.Null(all[1].Find("azure"));
        Assert.Empty(ActNotices.In([new CaseFact.Confirmed()]));
    }

    [Theory]
    [InlineData("2026-03-15", "", "")]
    [InlineData("2026-03-16", "azure", "")]
    [InlineData("2026-03-18", "azure", "")]
    [InlineData("2026-03-19", "azure", "reseller")]
    [InlineData("2027-03-19", "azure", "reseller")]
    public void Late_IsWhatHasWaitedForSoManyDays(string today, string untold, string unanswered)
    {
        var late = NoticeDecisions.LateOn(Notices(), DateOnly.Parse(today), 14);
        Assert.Equal((untold, unanswered), (string.Join(' ', late?.Untold ?? []), string.Join(' ', late?.Unanswered ?? [])));
    }

    [Fact]
    public void Late_IsSaidOnceOfEach()
    {
        var first = NoticeDecisions.LateOn(Notices(), new(2026, 3, 16), 14)!;
        var second = NoticeDecisions.LateOn(Notices(first), new(2026, 3, 19), 14)!;
        Assert.Equal((0, "reseller"), (second.Untold.Count, Assert.Single(second.Unanswered)));
        Assert.Null(NoticeDecisions.LateOn(Notices(first, second), new(2026, 12, 31), 14));

        // But who was not told is asked about again in the last week in which anybody can see whom it is about.
        Assert.Null(NoticeDecisions.LateOn(Notices(first, second), new(2026, 4, 23), 14));
        var last = NoticeDecisions.LateOn(Notices(first, second), new(2026, 4, 24), 14)!;
        Assert.Equal(("azure", 0), (Assert.Single(last.Untold), last.Unanswered.Count));
        Assert.Null(NoticeDecisions.LateOn(Notices(first, second, last), new(2026, 4, 25), 14));
        Assert.Null(NoticeDecisions.LateOn(Notices(first, second), new(2026, 5, 1), 14));

        // Told at last, it has as many days again to answer.
        var told = new CaseFact.RecipientTold("Erased", "azure", new(2026, 3, 20), "Letter");
        Assert.Null(NoticeDecisions.LateOn(Notices(first, second, told), new(2026, 4, 2), 14));
        Assert.Equal("azure", Assert.Single(NoticeDecisions.LateOn(Notices(first, second, told), new(2026, 4, 3), 14)!.Unanswered));
        var answered = new CaseFact.RecipientAnswered("Erased", "azure", new(2026, 3, 21), "Done");
        Assert.Null(NoticeDecisions.LateOn(Notices(first, second, told, answered), new(2026, 4, 3), 14));
    }

    [Fact]
    [Clause("K-SCHEDULE")]
    public void Person_IsForgottenWhenTheMapSaysSo() => Assert.Contains(
        $"after {NoticeDecisions.ShownDays} days at most", DataMapRegister.LoadEmbedded()[DataSetId.Parse("recipient-notices")].Retention.Words);

    // One was told on the fifth, another one has answered.
    private static ActNotices Notices(params CaseFact[] more) => Assert.Single(ActNotices.In(
    [
        Made("Erased", "azure", "reseller", "organiser"),
        new CaseFact.RecipientTold("Erased", "reseller", new(2026, 3, 5), "Mail"), new CaseFact.RecipientTold("Erased", "organiser", new(2026, 3, 2), "Mail"),
        new CaseFact.RecipientAnswered("Erased", "organiser", new(2026, 3, 2), "Done"), .. more,
    ]));

    private static CaseFact.RecipientsToTell Made(string act, params string[] recipients) => new(act, new(2026, 3, 2), ["profiles"], recipients);

    private static RecipientNotice Of(string notice) => notice switch { "new" => New, "told" => Told, _ => Answered };

    private static string WordOf(NoticeOutcome outcome) => outcome switch
    {
        NoticeOutcome.Entry { Fact: CaseFact.RecipientTold { Corrects: true } or CaseFact.RecipientAnswered { Corrects: true } } => "correction",
        NoticeOutcome.Entry => "entry",
        NoticeOutcome.Barred { Why: var why } => $"{why}",
        _ => "nothing",
    };
}
