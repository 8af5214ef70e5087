using System.Net;
using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>What operators do with messages: read them, answer some, ask what they need to know, and give up what nobody answers.</summary>
internal sealed class WritingActs(MixedWorld world)
{
    /// <summary>Reads a mail to the Data Protection Officer about what was, or was not, written.</summary>
    public void Hear(Story story, StoredMail mail)
    {
        if (mail.Subject == Writing.PersonWrote) Plan(story, story.Chance.Next(6), () => ReadAsync(story));
        if (mail.Subject == Writing.Unanswered)
            Plan(story, story.Chance.Next(4), story.Chance.Next(3) > 0 ? () => GoOnAsync(story) : () => AskAsync(story));
    }

    /// <summary>Decides what nobody may decide, if the person wrote something that nobody has read, and reads it then.</summary>
    public async Task ReadFirstAsync(Story story, string decision, object body)
    {
        if (!story.Talk.HasUnread) return;
        await world.OperateAsync(story, decision, body, HttpStatusCode.Conflict);
        await ReadAsync(story);
    }

    /// <summary>Decides what nobody may decide while the person is asked something, and goes on without the answer then.</summary>
    public async Task GoOnFirstAsync(Story story, string decision, object body)
    {
        if (story.Talk.Open is null || story.IsEnded) return;
        await world.OperateAsync(story, decision, body, HttpStatusCode.Conflict);
        await GoOnAsync(story);
    }

    /// <summary>Reads all that there is, and says so, or answers it.</summary>
    public async Task ReadAsync(Story story)
    {
        var talk = story.Talk;
        if (!talk.HasUnread) return;
        var messages = $"cases/{story.Reference}/messages";
        await world.OperateAsync(story, $"{messages}/read", new { }, HttpStatusCode.Conflict); // unseen
        await WordsOracle.LookAsync(world, story);
        if (story.Chance.Next(3) > 0 || !await WriteAsync(story))
            await world.OperateAsync(story, $"{messages}/read", new { }, HttpStatusCode.OK);
        talk.Read = talk.FromPerson.Count;
        world.Did(story, Done.Read);
    }

    /// <summary>Asks the person something, where the case waits for somebody.</summary>
    public async Task AskAsync(Story story)
    {
        if (!Owing.IsOwed(story, world.Now) || story.IsEnded || !(story.Waits || story.IsPausedAt(world.Now))) return;
        await ReadAsync(story);
        var words = $"Which of your addresses do you mean, {story.Person.Name}? ({story.Count(Done.Questioned)})";
        var (status, body) = await world.OperateAsync(
            $"cases/{story.Reference}/messages", new { text = words, asks = "yes", submission = $"q-{story.Count(Done.Questioned)}" });
        if (status == HttpStatusCode.ServiceUnavailable)
        {
            world.Did(story, Done.InDoubt);
            Plan(story, 1, () => AskAsync(story));
            return;
        }

        if (status != HttpStatusCode.OK) world.Complain(story, $"{world.Now:yyyy-MM-dd} The question was answered {(int)status}: {body}");
        if (status != HttpStatusCode.OK) return;
        NoteAsked(story);
        story.Talk.FromUs.Add(words);
        world.Did(story, Done.Questioned);
    }

    /// <summary>The person was asked something today.</summary>
    public void NoteAsked(Story story)
    {
        var open = story.Talk.Open;
        if (open is null) story.Talk.Questions.Add(open = new(Owing.DayOf(world.Now)));
        open.Asked.Add(world.Now);
    }

    /// <summary>The person has answered, or nobody waits for that any more.</summary>
    public static void NoteOver(Story story, DateTimeOffset at)
    {
        if (story.Talk.Open is { } open) open.OverAt = at;
    }

    // A case that is closed has forgotten the address.
    private async Task<bool> WriteAsync(Story story)
    {
        var isOpen = Owing.MayBeWrittenAbout(story, world.Now);
        var words = $"Thank you, {story.Person.Name}. ({story.Count(Done.Answered)})";
        var (status, body) = await world.OperateAsync($"cases/{story.Reference}/messages", new { text = words, submission = $"a-{story.Count(Done.Answered)}" });
        if (status == HttpStatusCode.ServiceUnavailable) world.Did(story, Done.InDoubt);
        else if (isOpen is not null && isOpen != (status == HttpStatusCode.OK))
            world.Complain(story, $"{world.Now:yyyy-MM-dd} The answer to a message was answered {(int)status}: {body}");
        if (status != HttpStatusCode.OK) return false;
        story.Talk.FromUs.Add(words);
        world.Did(story, Done.Answered);
        return true;
    }

    private async Task GoOnAsync(Story story)
    {
        if (!Owing.IsOwed(story, world.Now) || story.IsDoubted || story.IsEnded) return; // what ends the doubt ends its question
        var answer = await world.OperateAsync(story, $"cases/{story.Reference}/question/end", new { }, HttpStatusCode.OK);
        if (story.Talk.Open is null) return;
        NoteOver(story, world.Now);
        world.Did(story, Done.WentOn);
        var due = DueDay.At(story, world.Policy, world.Now).On;
        if (answer.GetProperty("dueOn").GetString() != $"{due:yyyy-MM-dd}") world.Complain(story, $"Without the answer it is due on {answer.GetProperty("dueOn")}, not on {due:yyyy-MM-dd}.");
    }

    private void Plan(Story story, int inDays, Func<Task> act) => story.Plan(world.Today.AddDays(inDays), act);
}
