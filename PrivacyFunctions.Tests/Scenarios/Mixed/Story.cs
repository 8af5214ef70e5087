using System.Globalization;
using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>Something that a person or an operator did and that was taken, by the moved clock.</summary>
internal sealed record Deed(DateTimeOffset At, string What);

/// <summary>By what way a request comes.</summary>
internal enum Way
{
    /// <summary>By the form.</summary>
    Form,

    /// <summary>By a letter that an operator enters, some days after it came.</summary>
    Letter,

    /// <summary>By the form, of somebody who is signed in at the company.</summary>
    SignIn,
}

/// <summary>A letter that joined a case, which answers it, too: when, on which day it truly came, and from which country.</summary>
internal sealed record JoinedLetter(DateTimeOffset At, DateOnly On, string? Country);

/// <summary>
/// What is known of one case from outside: who asked for what, what people did about it and which mails came. The oracle judges by it
/// alone.
/// </summary>
/// <param name="number">Its place in the run.</param>
/// <param name="person">Whose it is.</param>
/// <param name="kind">The kind of the case, as the app names it.</param>
/// <param name="chance">What decides for this case, whatever the others do.</param>
internal sealed class Story(int number, MixedPerson person, string kind, Random chance)
{
    private readonly List<(DateOnly Day, Func<Task> Act)> _plans = [];

    public int Number => number;

    public MixedPerson Person => person;

    public string Kind => kind;

    public Random Chance => chance;

    /// <summary>The address that was entered: one of the person's.</summary>
    public string Address { get; init; } = person.Address;

    /// <summary>Where its letters may go: to the address that was entered, or to any of an owner's whose account the company ends.</summary>
    public IReadOnlyList<string> Mailboxes => IsByCompany ? person.Addresses : [Address];

    /// <summary>Whether the company decided it, and not its person.</summary>
    public bool IsByCompany => kind == Wish.Termination && First(Done.Ended) is { } at && at == First(Done.Asked);

    /// <summary>By what way it comes.</summary>
    public Way Way { get; init; }

    /// <summary>How many days a letter lay there before it was entered.</summary>
    public int DaysLain { get; init; }

    /// <summary>The address of whoever asks in the person's name; null if the person does.</summary>
    public string? Agent { get; init; }

    /// <summary>The complaint because of which it was taken up again; null if it was not.</summary>
    public Story? Complaint { get; init; }

    /// <summary>The earlier case that this complaint takes up again; null if none.</summary>
    public Story? Reopens { get; set; }

    /// <summary>Whether a sign-in proved its mailbox.</summary>
    public bool IsSignedIn { get; set; }

    /// <summary>The reference that the form answered; null before.</summary>
    public string? Reference { get; set; }

    /// <summary>The country that was named; null if none was.</summary>
    public string? Country { get; init; }

    /// <summary>The ground that was given, where one is asked for.</summary>
    public string? Ground { get; set; }

    /// <summary>Whether it waits for an operator's decision.</summary>
    public bool Waits { get; set; }

    /// <summary>Whether it was the fourth of a day, and has no life of its own.</summary>
    public bool IsJoined { get; set; }

    /// <summary>Whether a release began it, to go on with an erasure of which a hold kept something.</summary>
    public bool IsResumed { get; init; }

    /// <summary>What was promised when an account's end took effect.</summary>
    public TerminationAnswer? Dates { get; set; }

    /// <summary>What was done, in its order.</summary>
    public List<Deed> Deeds { get; } = [];

    /// <summary>The mails to the person about it.</summary>
    public List<StoredMail> Letters { get; } = [];

    /// <summary>The mails to whoever asked in the person's name.</summary>
    public List<StoredMail> AgentLetters { get; } = [];

    /// <summary>What was written to and fro about it.</summary>
    public Talk Talk { get; } = new();

    /// <summary>The letters that joined it.</summary>
    public List<JoinedLetter> Joined { get; } = [];

    /// <summary>The mails to the Data Protection Officer about it.</summary>
    public List<StoredMail> Notices { get; } = [];

    /// <summary>The first day on which somebody means to do something about it; null if nobody does.</summary>
    public DateOnly? NextPlan => _plans.Count == 0 ? null : _plans.Min(plan => plan.Day);

    /// <summary>When it, or one of these, was first, or last, done; null if it was not.</summary>
    public DateTimeOffset? First(params ReadOnlySpan<string> what)
    {
        foreach (var deed in Deeds)
            if (what.Contains(deed.What)) return deed.At;
        return null;
    }

    public DateTimeOffset? Last(string what) => Deeds.FindLast(deed => deed.What == what)?.At;

    public int Count(string what) => Deeds.Count(deed => deed.What == what);

    /// <summary>The first letter with one of these subjects; null if there is none.</summary>
    public StoredMail? Letter(params string[] subjects) =>
        Letters.Find(mail => subjects.Any(subject => mail.Subject.StartsWith(subject, StringComparison.Ordinal)));

    public IEnumerable<StoredMail> NoticesOf(string subject) =>
        Notices.Where(mail => mail.Subject.StartsWith(subject, StringComparison.Ordinal));

    /// <summary>Whether its mailbox has to be asked.</summary>
    public bool IsToBeConfirmed => Wish.Form(kind).AsksForProof && !IsJoined && !IsResumed && !IsSignedIn;

    /// <summary>Whether somebody doubts whose it is.</summary>
    public bool IsDoubted => First(Done.Doubted) is not null && First(Done.Identified) is null && First(Done.NotIdentified) is null;

    /// <summary>When an operator ended it against its person, and told them so; null if none did.</summary>
    public DateTimeOffset? EndedAt => Letter(Wish.Refused, Wish.NotTheirs)?.ReceivedAt;

    /// <summary>Whether its person took it back, or an operator decided to end it against them.</summary>
    public bool IsEnded => Deeds.Exists(deed => deed.What is Done.Withdrawn or Done.Refused or Done.NotIdentified);

    /// <summary>Whether an operator has stopped its workflow at that instant.</summary>
    public bool IsPausedAt(DateTimeOffset at) =>
        Deeds.LastOrDefault(deed => deed.At <= at && deed.What is Done.Paused or Done.GoesOn)?.What == Done.Paused;

    /// <summary>Somebody means to do that on that day.</summary>
    public void Plan(DateOnly day, Func<Task> act) => _plans.Add((day, act));

    /// <summary>What is to be done by that day, once.</summary>
    public IReadOnlyList<Func<Task>> TakePlans(DateOnly today)
    {
        var due = _plans.Where(plan => plan.Day <= today).OrderBy(plan => plan.Day).ToList();
        _plans.RemoveAll(due.Contains);
        return [.. due.Select(plan => plan.Act)];
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var events = Deeds.Select(deed => (deed.At, deed.What))
            .Concat(Letters.Select(mail => (mail.ReceivedAt, $"to the person: {mail.Subject}")))
            .Concat(AgentLetters.Select(mail => (mail.ReceivedAt, $"to the agent: {mail.Subject}")))
            .Concat(Notices.Select(mail => (mail.ReceivedAt, $"to the officer: {mail.Subject}")))
            .Concat(Joined.Select(letter => (letter.At, $"joined by a letter of {letter.On:yyyy-MM-dd}")));
        return $"case {number}, {kind} {Reference} by {Way}{(Country is null ? "" : $" from {Country}")}{(DaysLain == 0 ? "" : $", {DaysLain} days old")}{(Agent is null ? "" : ", by an agent")}{(IsJoined ? ", joined" : "")}\n" + string.Join('\n', events.OrderBy(one => one.Item1)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"    {one.Item1:yyyy-MM-dd HH:mm} {one.Item2}")));
    }
}
