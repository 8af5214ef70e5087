using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>
/// What is owed to a person and when, as docs/legal-clock.md says it, judged by what people did and which mails came.
/// </summary>
internal static class Owing
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>The local day.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);

    /// <summary>When that local day begins.</summary>
    public static DateTimeOffset StartOf(DateOnly day) =>
        new(day.ToDateTime(TimeOnly.MinValue), Zone.GetUtcOffset(day.ToDateTime(TimeOnly.MinValue)));

    /// <summary>The local day on which it truly came, from which its clock runs.</summary>
    public static DateOnly CameOn(Story story) => DayOf(story.First(Done.Asked)!.Value).AddDays(-story.DaysLain);

    /// <summary>Whether an answer was owed at that instant.</summary>
    public static bool IsOwed(Story story, DateTimeOffset at)
    {
        if (story.IsJoined || story.First(Done.Withdrawn) <= at || story.EndedAt <= at || story.Kind is "objection" or Wish.Termination) return false;
        var from = Wish.Form(story.Kind).AsksForProof ? story.First(Done.Confirmed) : story.First(Done.Asked);
        return from <= at && !IsAnswered(story, at) && !WaitsForPerson(story, at);
    }

    /// <summary>Whether an operator can extend it at that instant (L2).</summary>
    public static bool MayBeExtended(Story story, MixedPolicy policy, DateTimeOffset at) => story.First(Done.Extended) is not null
        || (Wish.Of(story.Kind).CanBeExtended && IsOwed(story, at) && DayOf(at) <= DueDay.At(story, policy, at).On);

    /// <summary>Whether its person can write about it at that instant; null where only the host knows whether it is closed.</summary>
    public static bool? MayBeWrittenAbout(Story story, DateTimeOffset at) =>
        story.IsEnded && story.First(Done.Refused) is not null && story.EndedAt is null ? null // as long as they are not told
        : story.IsEnded || story.IsJoined || (Wish.Form(story.Kind).AsksForProof && story.First(Done.Confirmed) is null) ? false
        : IsOwed(story, at) || (WaitsForPerson(story, at) && !IsAnswered(story, at)) ? true
        : null;

    /// <summary>Whether its person can take it back at that instant; null where only the host knows whether it has gone on.</summary>
    public static bool? MayBeWithdrawn(Story story, DateTimeOffset at)
    {
        if (story.First(Done.Withdrawn) is not null) return true; // again
        if (story.IsPausedAt(at) || story.IsEnded) return false;
        if (Wish.Form(story.Kind).AsksForProof && story.First(Done.Confirmed) is null) return at < story.First(Done.Asked)!.Value.AddDays(43) ? true : null;
        return story.Kind switch
        {
            "erasure" when story.First(Done.Approved) is not null && story.NoticesOf(ErasureMails.PlanWaits).Count() > 1 => null, // not when some is erased
            "erasure" => story.NoticesOf(ErasureMails.PlanWaits).Any() && story.First(Done.Approved) is null,
            "rectification" when story.Letter(Wish.ShownData) is null => null, // their data is being made ready at this moment, or is
            "rectification" when story.Letter(Wish.Of(story.Kind).Answers) is null && WaitsForPerson(story, at) =>
                at < story.Letter(Wish.ShownData)!.ReceivedAt.AddDays(7) ? true : null,
            "complaint" => null, // not when others' words have joined it
            _ => false,
        };
    }

    /// <summary>
    /// The mails in which people are told that a due date comes near or is over, night by night: of the date without what a clock stood still, and of
    /// the one with it.
    /// </summary>
    public static IEnumerable<(DateOnly Night, bool IsOver)> Notices(Story story, MixedPolicy policy, DateOnly last)
    {
        var told = new HashSet<(string, DateOnly)>();
        for (var night = DayOf(story.First(Done.Asked)!.Value).AddDays(1); night <= last; night = night.AddDays(1))
        {
            var at = NightOf(night);
            if (!IsOwed(story, at) && !WaitsForConfirmation(story, at)) continue;
            var due = DueDay.At(story, policy, at);
            // Its own workflow says so, of the day that it began with.
            var isTold = IsEscalated(story, policy, at) && due.Without == due.On && !due.IsOfALetter && !(story.First(Done.Extended) <= at);
            foreach (var day in new[] { due.Without, due.On }.Distinct())
            {
                var what = (day.DayNumber - night.DayNumber) switch { < 0 => "over", <= 1 => "1", <= 3 => "3", <= 7 => "7", _ => null };
                if (what is "7" or "1" && isTold) continue;
                if (what is not null && told.Add((what, day))) yield return (night, what == "over");
            }
        }
    }

    /// <summary>The nights in which people are told that a person has not answered: two weeks after each day on which they were asked, if it was the last.</summary>
    public static IEnumerable<DateOnly> Unanswered(Story story, DateOnly last)
    {
        foreach (var asked in story.Talk.Questions.SelectMany(question => question.Asked.Select(at => (Question: question, On: DayOf(at)))).Distinct())
            for (var night = asked.On.AddDays(14); night <= last; night = night.AddDays(1))
            {
                var at = NightOf(night);
                if (asked.Question.OverAt <= at || DayOf(asked.Question.Asked.FindLast(again => again <= at)) > asked.On) break;
                if (!IsOwed(story, at)) continue;
                yield return night;
                break;
            }
    }

    /// <summary>
    /// When people are told that a plan still waits: seven days and one day before the answer is due, and every week after that, as long
    /// as nobody approves it. What was missed while nothing waited is told once.
    /// </summary>
    public static IEnumerable<DateTimeOffset> Escalations(Story story, MixedPolicy policy, DateTimeOffset end)
    {
        var told = 0;
        foreach (var wait in story.NoticesOf(ErasureMails.PlanWaits).Select(mail => mail.ReceivedAt))
        {
            var until = story.Deeds.Find(deed => deed.At >= wait && deed.What is Done.Approved or Done.Withdrawn)?.At ?? story.EndedAt ?? end;
            var due = DueDay.At(story, policy, wait).On;
            for (var at = wait; ; told++)
            {
                while (InstantOf(told + 1) <= at) told++;
                at = GoesOn(story, InstantOf(told) > at ? InstantOf(told) : at);
                if (at >= until) break;
                if (DayOf(at) >= DueDay.At(story, policy, at).On.AddDays(-7)) yield return at; // not what was put off meanwhile
            }

            DateTimeOffset InstantOf(int number) =>
                number == 0 ? StartOf(due.AddDays(-7)) : StartOf(due.AddDays(-1)).AddDays(7 * (number - 1));
        }
    }

    private static DateTimeOffset NightOf(DateOnly day) => new(day, new(1, 0), TimeSpan.Zero);

    // A workflow that an operator has stopped does what it missed when it goes on.
    private static DateTimeOffset GoesOn(Story story, DateTimeOffset at) => story.IsPausedAt(at)
        ? story.Deeds.Find(deed => deed.At > at && deed.What == Done.GoesOn)?.At ?? at
        : at;

    // From then on its own workflow tells, until somebody approves it or it is due later.
    private static bool IsEscalated(Story story, MixedPolicy policy, DateTimeOffset at) =>
        story.NoticesOf(ErasureMails.Escalation).LastOrDefault(mail => mail.ReceivedAt <= at)?.ReceivedAt is { } told
        && !story.Deeds.Exists(deed => deed.At > told && deed.At <= at && deed.What is Done.Approved or Done.Extended)
        && !story.Talk.Questions.Exists(question => question.OverAt is { } over && over > told && over <= at
            && DueDay.At(story, policy, over).On > DueDay.At(story, policy, over.AddTicks(-1)).On);

    private static bool IsAnswered(Story story, DateTimeOffset at) => story.Kind == "use"
        ? story.Letter(Wish.Upheld)?.ReceivedAt <= at
            || (story.Letters.LastOrDefault(mail => mail.ReceivedAt <= at && Wish.Overridden.Contains(mail.Subject))?.ReceivedAt is { } told
                && !story.Deeds.Exists(deed => deed.What == Done.LiftingWithdrawn && deed.At > told && deed.At <= at))
        : story.Letter(Wish.Of(story.Kind).Answers)?.ReceivedAt <= at;

    // What counts is the receipt, so people are told of an old letter also while its person is asked.
    private static bool WaitsForConfirmation(Story story, DateTimeOffset at) => story.IsToBeConfirmed && !(story.First(Done.Confirmed) <= at)
        && !(story.First(Done.Withdrawn) <= at) && !(story.Letter(Wish.NotIdentified)?.ReceivedAt <= at);

    // They look through their data, and nobody else has anything to do.
    private static bool WaitsForPerson(Story story, DateTimeOffset at) => story.Kind == "rectification"
        && story.Letter(Wish.ShownData)?.ReceivedAt <= at && !(story.First(Done.Sent) <= at);
}
