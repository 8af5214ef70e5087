namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>When the answer to a case is due (L1 to L4), reckoned from what came and was done, in its order.</summary>
internal sealed class DueDay
{
    private readonly Story _story;
    private readonly MixedPolicy _policy;
    private readonly HashSet<DateOnly> _stood = []; // each day counts once, however many questions were open on it
    private DateOnly _from;
    private int _months = 1;
    private bool _isHeld; // by the date of a letter that joined: then nothing moves it

    private DueDay(Story story, MixedPolicy policy)
    {
        (_story, _policy, _from) = (story, policy, Owing.CameOn(story));
        (On, Without) = (Reckon(stops: true), Reckon(stops: false));
    }

    /// <summary>The day.</summary>
    public DateOnly On { get; private set; }

    /// <summary>The day on which it would be if no clock had stood still.</summary>
    public DateOnly Without { get; private set; }

    /// <summary>Whether it is that of a letter that joined.</summary>
    public bool IsOfALetter => _isHeld;

    /// <summary>As it was known at an instant.</summary>
    public static DueDay At(Story story, MixedPolicy policy, DateTimeOffset at)
    {
        var due = new DueDay(story, policy);
        foreach (var (_, turn) in story.Joined.Select(letter => (letter.At, (Action)(() => due.Join(letter))))
            .Concat(story.Deeds.Where(deed => deed.What == Done.Extended).Select(deed => (deed.At, (Action)due.Extend)))
            .Concat(story.Talk.Questions.Where(question => question.OverAt is not null).Select(question => (question.OverAt!.Value, (Action)(() => due.GoOn(question)))))
            .Where(turn => turn.Item1 <= at).OrderBy(turn => turn.Item1))
            turn();
        return due;
    }

    // Of two that are answered together the earlier date holds. A notice that it takes longer serves both if it came within the first month of each.
    private void Join(JoinedLetter letter)
    {
        var isLonger = _months == 3 && Owing.DayOf(letter.At) <= LawCalendar.Due(letter.On, letter.Country, 1);
        var theirs = LawCalendar.Due(letter.On, letter.Country, isLonger ? 3 : 1);
        if (theirs > On || (theirs == On && letter.On >= _from)) return;
        _isHeld = true;
        On = theirs;
        if (letter.On < _from) _from = letter.On;
        if (On < Without) Without = On;
    }

    private void Extend()
    {
        _months = 3;
        (On, Without) = (Reckon(stops: true), Reckon(stops: false));
    }

    // From the day of the question to the day of the reply, both included; not what was asked when it was late already.
    private void GoOn(Question question)
    {
        if (_isHeld || question.From > On || !Owing.IsOwed(_story, question.OverAt!.Value)) return;
        for (var day = question.From; day <= Owing.DayOf(question.OverAt!.Value); day = day.AddDays(1)) _stood.Add(day);
        On = Reckon(stops: true);
    }

    private DateOnly Reckon(bool stops)
    {
        var days = stops && !_isHeld ? _stood.Count : 0;
        return LawCalendar.Due(
            _from, _story.Country, _months, _policy.PausesForAnswers ? days : 0, _story.Kind == "access" ? days : 0);
    }
}
