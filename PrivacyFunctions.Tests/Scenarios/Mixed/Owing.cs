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

    /// <summary>When the answer is due, as was known at that instant (L1, L2, L3).</summary>
    public static DateOnly DueAt(Story story, DateTimeOffset at) => LawCalendar.Due(
        DayOf(story.First(Done.Asked)!.Value), story.Country, story.First(Done.Extended) <= at ? 3 : 1);

    /// <summary>Whether an answer was owed at that instant.</summary>
    public static bool IsOwed(Story story, DateTimeOffset at)
    {
        if (story.IsJoined || story.First(Done.Withdrawn) <= at || story.Kind is "objection" or Wish.Termination) return false;
        var from = Wish.Form(story.Kind).AsksForProof ? story.First(Done.Confirmed) : story.First(Done.Asked);
        return from <= at && !IsAnswered(story, at) && !WaitsForPerson(story, at);
    }

    /// <summary>Whether an operator can extend it at that instant (L2).</summary>
    public static bool MayBeExtended(Story story, DateTimeOffset at) => story.First(Done.Extended) is not null
        || (Wish.Of(story.Kind).CanBeExtended && IsOwed(story, at) && DayOf(at) <= DueAt(story, at));

    /// <summary>Whether its person can take it back at that instant; null where only the host knows whether it has gone on.</summary>
    public static bool? MayBeWithdrawn(Story story, DateTimeOffset at)
    {
        if (story.First(Done.Withdrawn) is not null) return true; // again
        if (story.IsPausedAt(at)) return false;
        if (Wish.Form(story.Kind).AsksForProof && story.First(Done.Confirmed) is null) return at < story.First(Done.Asked)!.Value.AddDays(43) ? true : null;
        return story.Kind switch
        {
            "erasure" => story.NoticesOf(ErasureMails.PlanWaits).Any() && story.First(Done.Approved) is null,
            "rectification" when story.Letter(Wish.Of(story.Kind).Answers) is null && WaitsForPerson(story, at) =>
                at < story.Letter(Wish.ShownData)!.ReceivedAt.AddDays(7) ? true : null,
            "complaint" => null, // not when others' words have joined it
            _ => false,
        };
    }

    /// <summary>The mails in which people are told that a due date comes near or is over, night by night.</summary>
    public static IEnumerable<(DateOnly Night, bool IsOver)> Notices(Story story, DateOnly last)
    {
        var told = new HashSet<(string, DateOnly)>();
        for (var night = DayOf(story.First(Done.Asked)!.Value).AddDays(1); night <= last; night = night.AddDays(1))
        {
            var at = new DateTimeOffset(night, new(1, 0), TimeSpan.Zero);
            if (!IsOwed(story, at)) continue;
            var due = DueAt(story, at);
            var what = (due.DayNumber - night.DayNumber) switch { < 0 => "over", <= 1 => "1", <= 3 => "3", <= 7 => "7", _ => null };
            if (what is "7" or "1" && IsEscalated(story, at) && !(story.First(Done.Extended) <= at)) continue; // its own workflow says so
            if (what is not null && told.Add((what, due))) yield return (night, what == "over");
        }
    }

    /// <summary>
    /// When people are told that a plan still waits: seven days and one day before the answer is due, and every week after that, as long
    /// as nobody approves it. What was missed while nothing waited is told once.
    /// </summary>
    public static IEnumerable<DateTimeOffset> Escalations(Story story, DateTimeOffset end)
    {
        var told = 0;
        foreach (var wait in story.NoticesOf(ErasureMails.PlanWaits).Select(mail => mail.ReceivedAt))
        {
            var until = story.Deeds.Find(deed => deed.At >= wait && deed.What is Done.Approved or Done.Withdrawn)?.At ?? end;
            var due = DueAt(story, wait);
            for (var at = wait; ; told++)
            {
                while (InstantOf(told + 1) <= at) told++;
                at = GoesOn(story, InstantOf(told) > at ? InstantOf(told) : at);
                if (at >= until) break;
                if (DayOf(at) >= DueAt(story, at).AddDays(-7)) yield return at; // not what was extended meanwhile
            }

            DateTimeOffset InstantOf(int number) =>
                number == 0 ? StartOf(due.AddDays(-7)) : StartOf(due.AddDays(-1)).AddDays(7 * (number - 1));
        }
    }

    // A workflow that an operator has stopped does what it missed when it goes on.
    private static DateTimeOffset GoesOn(Story story, DateTimeOffset at) => story.IsPausedAt(at)
        ? story.Deeds.Find(deed => deed.At > at && deed.What == Done.GoesOn)?.At ?? at
        : at;

    // From then on its own workflow tells, until somebody approves or extends it.
    private static bool IsEscalated(Story story, DateTimeOffset at) =>
        story.NoticesOf(ErasureMails.Escalation).LastOrDefault(mail => mail.ReceivedAt <= at)?.ReceivedAt is { } told
        && !story.Deeds.Exists(deed => deed.At > told && deed.At <= at && deed.What is Done.Approved or Done.Extended);

    private static bool IsAnswered(Story story, DateTimeOffset at) => story.Kind == "use"
        ? story.Letter(Wish.Upheld)?.ReceivedAt <= at
            || (story.Letters.LastOrDefault(mail => mail.ReceivedAt <= at && Wish.Overridden.Contains(mail.Subject))?.ReceivedAt is { } told
                && !story.Deeds.Exists(deed => deed.What == Done.LiftingWithdrawn && deed.At > told && deed.At <= at))
        : story.Letter(Wish.Of(story.Kind).Answers)?.ReceivedAt <= at;

    // They look through their data, and nobody else has anything to do.
    private static bool WaitsForPerson(Story story, DateTimeOffset at) => story.Kind == "rectification"
        && story.Letter(Wish.ShownData)?.ReceivedAt <= at && !(story.First(Done.Sent) <= at);
}
