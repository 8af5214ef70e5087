using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Requests.Recipients.Model;

/// <summary>What was done with a person's data, of which its recipients are told. The numbers stand in links: new ones come at the end.</summary>
public enum RecipientAct
{
    /// <summary>Something of it was erased, or cut off from the person.</summary>
    Erased,

    /// <summary>Something of it was corrected.</summary>
    Corrected,

    /// <summary>Its use is restricted at the person's wish.</summary>
    Restricted,

    /// <summary>The use is stopped to which the person objected.</summary>
    Stopped,

    /// <summary>The restriction is over.</summary>
    Lifted,

    /// <summary>The advertising is stopped to which the person objected.</summary>
    Advertising,
}

/// <summary>By what way a recipient was told.</summary>
public enum NoticeWay
{
    /// <summary>By e-mail.</summary>
    Mail,

    /// <summary>By post.</summary>
    Letter,

    /// <summary>By telephone.</summary>
    Telephone,

    /// <summary>The company's systems told its systems.</summary>
    Interface,

    /// <summary>In another way.</summary>
    Other,
}

/// <summary>What a recipient answered.</summary>
public enum NoticeAnswer
{
    /// <summary>It has done what it was told of.</summary>
    Done,

    /// <summary>It has no data of the person.</summary>
    NothingHeld,

    /// <summary>It cannot do it, or cannot be told.</summary>
    Impossible,

    /// <summary>To do it, or to tell it, would take a disproportionate effort.</summary>
    Disproportionate,

    /// <summary>It does not do it.</summary>
    Refused,
}

/// <summary>That one recipient is to be told of one act, and how far that is: open until there is an answer, or what it is about is over.</summary>
/// <param name="Act">Of what.</param>
/// <param name="Recipient">Who, by its id in the data map.</param>
/// <param name="On">The local date of the act.</param>
public sealed record RecipientNotice(RecipientAct Act, string Recipient, DateOnly On)
{
    /// <summary>The local date on which it was told; null if nobody has entered that.</summary>
    public DateOnly? ToldOn { get; init; }

    /// <summary>By what way.</summary>
    public NoticeWay? Way { get; init; }

    /// <summary>What it answered; null if nobody has entered that.</summary>
    public NoticeAnswer? Answer { get; init; }

    /// <summary>The local date of the answer.</summary>
    public DateOnly? AnsweredOn { get; init; }

    /// <summary>How often something was entered about it.</summary>
    public int Entries { get; init; }

    /// <summary>How often the officer was asked why it was not told.</summary>
    public int TimesKnownUntold { get; init; }

    /// <summary>Whether the officer was asked why it has not answered.</summary>
    public bool IsKnownUnanswered { get; init; }

    /// <summary>Whether what it was to be told of is over, so that nothing has to be done any more.</summary>
    public bool IsOver { get; init; }

    /// <summary>Whether an answer is still wanted.</summary>
    public bool IsOpen => Answer is null && !IsOver;

    /// <summary>The same after a fact.</summary>
    public RecipientNotice After(CaseFact fact) => fact switch
    {
        CaseFact.RecipientTold told when told.Act == $"{Act}" && told.Recipient == Recipient =>
            this with { ToldOn = told.On, Way = Enum.Parse<NoticeWay>(told.Way), Entries = Entries + 1 },
        CaseFact.RecipientAnswered answered when answered.Act == $"{Act}" && answered.Recipient == Recipient =>
            this with { Answer = Enum.Parse<NoticeAnswer>(answered.Answer), AnsweredOn = answered.On, Entries = Entries + 1 },
        CaseFact.RecipientsLate late when late.Act == $"{Act}" => this with
        {
            TimesKnownUntold = TimesKnownUntold + (late.Untold.Contains(Recipient) ? 1 : 0),
            IsKnownUnanswered = IsKnownUnanswered || late.Unanswered.Contains(Recipient),
        },
        _ => this,
    };
}

/// <summary>The notices of one act of a case.</summary>
/// <param name="Act">What was done.</param>
/// <param name="On">The local date.</param>
/// <param name="DataSets">The ids of the data sets that it was done with.</param>
/// <param name="Notices">One for each recipient.</param>
/// <param name="Late">What the officer was asked about them, in the order of time.</param>
public sealed record ActNotices(
    RecipientAct Act, DateOnly On, IReadOnlyList<string> DataSets, IReadOnlyList<RecipientNotice> Notices,
    IReadOnlyList<CaseFact.RecipientsLate> Late)
{
    /// <summary>Whether an answer of one of them is missing.</summary>
    public bool IsOpen => Notices.Any(notice => notice.IsOpen);

    /// <summary>All of a case, by what its chain holds.</summary>
    public static IReadOnlyList<ActNotices> In(IReadOnlyCollection<CaseFact> facts) => facts.OfType<CaseFact.RecipientsToTell>()
        .Select(made => Of(made, Enum.Parse<RecipientAct>(made.Act), facts)).ToList();

    /// <summary>The notice of a recipient; null if it has none.</summary>
    public RecipientNotice? Find(string recipient) => Notices.FirstOrDefault(notice => notice.Recipient == recipient);

    private static ActNotices Of(CaseFact.RecipientsToTell made, RecipientAct act, IReadOnlyCollection<CaseFact> facts) => new(
        act, made.On, made.DataSets,
        made.Recipients.Select(recipient => facts.Aggregate(
            new RecipientNotice(act, recipient, made.On) { IsOver = IsOver(made, act, facts) }, (notice, fact) => notice.After(fact))).ToList(),
        facts.OfType<CaseFact.RecipientsLate>().Where(late => late.Act == made.Act).ToList());

    // A restriction is over with its lifting, unless that leaves some of it restricted.
    private static bool IsOver(CaseFact.RecipientsToTell made, RecipientAct act, IReadOnlyCollection<CaseFact> facts) =>
        act is RecipientAct.Restricted or RecipientAct.Stopped
        && facts.OfType<CaseFact.RecipientsToTell>().Any(later => later.Act == $"{RecipientAct.Lifted}" && !made.DataSets.Except(later.DataSets).Any());
}
