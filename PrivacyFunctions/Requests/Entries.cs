using System.Globalization;
using Microsoft.AspNetCore.Http;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>Reads what every entry of an operator says: by what way a request came, on which day, and by which key a repetition is known.</summary>
internal sealed class Entries(LegalTime time)
{
    /// <summary>The title of the answer to one that is not complete.</summary>
    public const string Incomplete = "The entry is not complete";

    /// <summary>The field that says that a day is right by which the answer is overdue.</summary>
    public const string Overdue = "confirmOverdue";

    private const string Format = "yyyy-MM-dd";

    /// <summary>The fields of a right's form that people fill in only for some rights, and operators with them.</summary>
    public static IEnumerable<string> OfTheForm(RequestKind kind)
    {
        if (kind.TakesAgent) yield return "agent";
        if (kind.Grounds.Count > 0) yield return "ground";
        if (kind.Text is not null) yield return "text";
        if (kind.Words.Earlier is not null) yield return "about";
    }

    /// <summary>Reads how and when it came. Where there are mistakes, nothing is to be entered.</summary>
    public Arrival ReadArrival(HttpRequest request, Submission.Fields fields, DateTimeOffset now, List<Mistake> mistakes)
    {
        if (!Channels.AreEntered(fields["channel"]))
            mistakes.Add(new("channel", $"Say by what way it came: {string.Join(", ", Channels.Entered)}."));
        var today = time.DateOf(now);
        return new(fields["channel"], ReadDay(fields["receivedOn"], today, mistakes) ?? today, now) { Actor = request.Caller().Id };
    }

    /// <summary>Looks at what can be asked of an entry only once all else of it is read: a key of its own, and whether a day is right by which its answer is overdue.</summary>
    public void Complete(HttpRequest request, Submission.Fields fields, Arrival came, Residence residence, List<Mistake> mistakes)
    {
        if (SubmissionKey.Given(request, fields["submission"]).Length == 0)
            mistakes.Add(new("submission", "Give each letter a name of its own, such as its number in your post book, as Idempotency-Key. Sent again with the same one, it is the same entry."));
        // A wrong month is a likely slip, and what was entered keeps its day.
        if (mistakes.Count == 0 && StatutoryClock.Answer(came.On, residence, time.Calendars).On is var due && due < time.DateOf(came.At) && fields[Overdue] != "yes")
            mistakes.Add(new(Overdue, $"By that day, the answer was due by {TextFolder.English.Language.Write(due)}. If the day is right, enter it with \"{Overdue}\": \"yes\". It cannot be changed later."));
    }

    private static DateOnly? ReadDay(string text, DateOnly today, List<Mistake> mistakes)
    {
        if (!DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            mistakes.Add(new("receivedOn", "Give the day on which it was received, like 2026-03-02."));
        else if (EnteredDay.WhyNot(day, today) is { } mistake)
            mistakes.Add(new("receivedOn", mistake == DayMistake.NotYet
                ? "That day has not come yet."
                : "That is a year ago or more, which is mostly a wrong year. If it did come then, tell the Data Protection Officer: it has to be answered by hand."));
        else
            return day;
        return null;
    }
}

/// <summary>The answer to an entry: by when it must be answered, its receipt (missing while none can be signed), and what happens next.</summary>
internal sealed record Entry(CaseId Reference, DateOnly ReceivedOn, DateOnly DueOn, Uri? Receipt, string Next);
