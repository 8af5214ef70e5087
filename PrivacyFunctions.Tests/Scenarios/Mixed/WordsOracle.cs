using System.Net;
using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>Judges what was written to and fro, what became of it, and what those who asked in a person's name were told.</summary>
internal sealed class WordsOracle(MixedWorld world)
{
    private const int RequestsADay = 3; // of which an agent hears
    private const string NeedsSecond = "An erasure plan needs a second approval";
    private const string TakenBack = "The approval of an erasure plan was taken back";

    /// <summary>Looks at all messages as an operator does: what has to be there is there once, in its order, and what showed whose the case is is gone.</summary>
    public static async Task LookAsync(MixedWorld world, Story story)
    {
        var (status, view) = await world.OperateAsync($"cases/{story.Reference}/messages", method: HttpMethod.Get);
        if (status != HttpStatusCode.OK)
        {
            world.Complain(story, $"The messages cannot be read: {(int)status}.");
            return;
        }

        // An erasure of the person takes what they wrote about other cases, too.
        var isErased = world.Stories.Any(other => other.Person.Id == story.Person.Id && other.Address == story.Address && other.First(Done.Approved) is not null);
        var isProofKept = story is { IsDoubted: true, IsEnded: false };
        var kept = story.Talk.FromPerson.Where(written => !written.IsProof || isProofKept).Select(written => ("person", written.Words))
            .Concat(story.Talk.FromUs.Select(words => ("us", words))).ToList();
        var shown = view.Written();
        if (shown.Except(kept).ToList() is { Count: > 0 } others) world.Complain(story, $"It shows what is not there: {string.Join(", ", others)}");
        if (shown.Distinct().Count() != shown.Count) world.Complain(story, "It shows a message twice.");
        foreach (var from in new[] { "person", "us" })
            if (!isErased && !shown.Where(one => one.From == from).SequenceEqual(kept.Where(one => one.Item1 == from)))
                world.Complain(story, $"Of {string.Join(", ", kept)} it shows {string.Join(", ", shown)}.");
    }

    /// <summary>Judges all cases.</summary>
    /// <param name="troubled">The days on which mails were refused, or the host died: then a mail may be told later, or not at all.</param>
    public async Task JudgeAsync(IReadOnlySet<DateOnly> troubled)
    {
        foreach (var story in world.Stories.Where(story => story.Reference is not null && story.Kind != Wish.Termination))
        {
            if (story.Talk is { FromPerson.Count: > 0 } or { FromUs.Count: > 0 }) await LookAsync(world, story);
            if (story.Talk.HasUnread) world.Complain(story, "Nobody was told of what the person wrote last.");
            JudgeMails(story, troubled);
            if (story.Agent is not null) JudgeAgent(story, troubled);
        }

        foreach (var day in world.Stories.SelectMany(story => story.AgentLetters.Where(mail => mail.Subject == Mails.AgentAsked))
            .GroupBy(mail => (mail.To.Single().Email, DateOnly.FromDateTime(mail.ReceivedAt.UtcDateTime))))
            if (day.Count() > RequestsADay) world.Complain(null, $"{day.Key.Email} heard of {day.Count()} requests on {day.Key.Item2:yyyy-MM-dd}.");
    }

    private void JudgeMails(Story story, IReadOnlySet<DateOnly> troubled)
    {
        var doubtful = story.Count(Done.InDoubt);
        Expect(story, story.Letters, story.Count(Done.Answered), doubtful, Writing.Message);
        Expect(story, story.Letters, story.Count(Done.Questioned), doubtful, Writing.Question);
        Expect(story, story.Letters, story.Count(Done.DoubtAsked), doubtful, Wish.ShowWhose);
        Expect(story, story.Notices, story.Count(Done.ApprovedFirst), doubtful, NeedsSecond);
        Expect(story, story.Notices, story.Count(Done.TakenBack), doubtful, TakenBack);
        // It is told the night after, unless it was read by then.
        if (!story.Deeds.Exists(deed => deed.What == Done.Wrote && troubled.Contains(Owing.DayOf(deed.At))))
            Expect(story, story.Notices, story.Talk.Alarms, 0, Writing.PersonWrote);
        var (came, due) = (story.NoticesOf(Writing.Unanswered).Select(mail => Owing.DayOf(mail.ReceivedAt)).ToList(), Owing.Unanswered(story, world.Today).ToList());
        if (!came.SequenceEqual(due)) world.Complain(story, $"That nobody answered was told on {string.Join(", ", came)}; that has to be on {string.Join(", ", due)}.");
    }

    // The person is asked, has confirmed it, and it has ended: each once, of some requests a day.
    private void JudgeAgent(Story story, IReadOnlySet<DateOnly> troubled)
    {
        var asked = Mailed(Mails.AgentAsked);
        var day = Owing.DayOf(story.First(Done.Asked)!.Value);
        var ofTheDay = world.Stories.Count(other => other.Agent == story.Agent && !other.IsJoined && other.First(Done.Asked) is { } at && Owing.DayOf(at) == day);
        if (story.IsJoined ? asked != 0 : asked > 1 || (asked == 0 && ofTheDay <= RequestsADay && !story.Deeds.Exists(deed => deed.What == Done.Paused)))
            world.Complain(story, $"The agent was told {asked} times that the person is asked.");
        var isConfirmed = asked > 0 && story.First(Done.Confirmed) is not null;
        var confirmed = Mailed(Mails.AgentConfirmed);
        var mayBeLost = isConfirmed && story.Deeds.Exists(deed => deed.What is Done.Confirmed or Done.GoesOn && troubled.Contains(Owing.DayOf(deed.At)));
        if (confirmed != (isConfirmed ? 1 : 0) && !(mayBeLost && confirmed == 0)) world.Complain(story, $"The agent was told {confirmed} times that the person has confirmed it.");
        var lasts = story.Kind == "restriction" && OperatorActs.LeavesForGood(story) && isConfirmed && !story.IsEnded;
        var end = story.First(Done.Withdrawn) is not null ? "The person has withdrawn your request"
            : story.First(Done.NotIdentified) is not null || story.First(Done.Confirmed) is null ? "The person has not confirmed your request, or we could not identify them"
            : Mails.AgentAnswered;
        if (Mailed(end) != (asked > 0 && !lasts ? 1 : 0)) world.Complain(story, $"\"{end}\" came to the agent {Mailed(end)} times.");
        if (story.AgentLetters.Count > 3) world.Complain(story, $"The agent got {story.AgentLetters.Count} mails.");

        int Mailed(string subject) => story.AgentLetters.Count(mail => mail.Subject == subject);
    }

    private void Expect(Story story, IEnumerable<StoredMail> mails, int count, int doubtful, string subject)
    {
        var came = mails.Count(mail => mail.Subject.StartsWith(subject, StringComparison.Ordinal));
        if (came < count || came > count + doubtful) world.Complain(story, $"\"{subject}\" came {came} times, not {count}.");
    }
}
