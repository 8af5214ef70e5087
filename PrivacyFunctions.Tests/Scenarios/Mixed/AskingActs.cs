using System.Net;
using System.Text.Json;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>How people ask: by the form, signed in or not, themselves or by somebody else, perhaps twice; or by a letter, which an operator enters.</summary>
internal sealed class AskingActs(MixedWorld world)
{
    // For each kind and mailbox, as the first places of a day are for those that are asked about. A letter does not depend on forms.
    private const int PlacesADay = 3;
    private const int PlacesOfLetters = 6;

    /// <summary>Asks.</summary>
    public async Task AskAsync(Story story)
    {
        var form = Wish.Form(story.Kind);
        story.Ground = form.Grounds.Count == 0 ? null : form.Grounds[story.Chance.Next(form.Grounds.Count)];
        if (story.Way == Way.Letter) await EnterAsync(story, form);
        else await SendAsync(story, form);
    }

    /// <summary>How many others of a day make the next one join them.</summary>
    public static int PlacesOf(Way way) => way == Way.Letter ? PlacesOfLetters : PlacesADay;

    private async Task SendAsync(Story story, RequestKind form)
    {
        var isGood = story.Chance.Next(4) > 0;
        var token = story.Way == Way.SignIn ? await TokenAsync(story, isGood) : null;
        var wish = new
        {
            email = story.Address, submission = $"s-{story.Number}", ground = story.Ground, residence = form.AsksWhere ? story.Country : null,
            text = WordsOf(story, form), agent = story.Agent, signIn = token,
        };
        var (status, body) = await world.PostAsync($"requests/{story.Kind}", wish);
        if (status != HttpStatusCode.Accepted)
        {
            world.Complain(story, $"The form answered {(int)status}: {body}");
            return;
        }

        if (story.Way == Way.SignIn) NoteSignIn(story, isGood, body);
        Know(story, body);
        if (story.Chance.Next(6) > 0) return;
        (_, body) = await world.PostAsync($"requests/{story.Kind}", wish);
        if (body.GetProperty("reference").GetString() != story.Reference) world.Complain(story, "The same form sent again is another case.");
    }

    private async Task EnterAsync(Story story, RequestKind form)
    {
        var day = world.Today.AddDays(-story.DaysLain);
        var entry = new Dictionary<string, string?>
        {
            ["email"] = story.Address, ["channel"] = "letter", ["receivedOn"] = $"{day:yyyy-MM-dd}", ["submission"] = $"s-{story.Number}",
            ["ground"] = story.Ground, ["residence"] = form.AsksWhere ? story.Country : null, ["text"] = WordsOf(story, form), ["agent"] = story.Agent,
        }.Where(field => field.Value is not null).ToDictionary(field => field.Key, field => field.Value);
        var due = LawCalendar.Due(day, story.Country, 1);
        if (due < world.Today)
        {
            await world.OperateAsync(story, $"requests/{story.Kind}", entry, HttpStatusCode.BadRequest); // a wrong day, mostly
            entry["confirmOverdue"] = "yes";
        }

        var body = await world.OperateAsync(story, $"requests/{story.Kind}", entry, HttpStatusCode.Accepted);
        if (body.GetProperty("dueOn").GetString() != $"{due:yyyy-MM-dd}") world.Complain(story, $"A letter of {day:yyyy-MM-dd} is due on {body.GetProperty("dueOn")}, not on {due:yyyy-MM-dd}.");
        Know(story, body);
        if (!story.IsJoined) return;
        foreach (var other in world.Stories.Where(other => other != story && (other.Kind, other.Address) == (story.Kind, story.Address) && other is { Reference: not null, IsJoined: false }))
            other.Joined.Add(new(world.Now, day, story.Country));
    }

    private void Know(Story story, JsonElement body)
    {
        world.Know(story, body.GetProperty("reference").GetString()!);
        story.IsJoined = world.Stories.Count(other => IsBefore(other, story)) >= PlacesOf(story.Way);
        world.Did(story, Done.Asked);
        if (story is { IsSignedIn: true, IsJoined: false }) world.Did(story, Done.Confirmed);
    }

    // Once something of the person was erased, the directory may not know them any more.
    private void NoteSignIn(Story story, bool isGood, JsonElement body)
    {
        story.IsSignedIn = body.TryGetProperty("confirmedBySignIn", out var isProven) && isProven.GetBoolean();
        var isErased = world.Stories.Any(other => other.Person.Id == story.Person.Id && other.First(Done.Approved) is not null);
        if (story.IsSignedIn != (isGood && Wish.Form(story.Kind).AsksForProof) && !(isErased && isGood))
            world.Complain(story, $"The sign-in {(story.IsSignedIn ? "proved" : "did not prove")} the mailbox.");
    }

    private async Task<string> TokenAsync(Story story, bool isGood) => isGood
        ? await world.Host.TokenAsync(story.Address, story.Person.Id)
        : await world.Host.TokenAsync(story.Address, SamplePeople.All.First(person => person.Id != story.Person.Id).Id);

    private static string? WordsOf(Story story, RequestKind form) =>
        form.Text is null ? null : $"This is what {story.Person.Name} wants to say, number {story.Number}.";

    // One that was asked for that day, has a place among the same, and is not over.
    private bool IsBefore(Story other, Story story) => other != story && (other.Kind, other.Address) == (story.Kind, story.Address)
        && (other.IsSignedIn, other.Agent is null) == (story.IsSignedIn, story.Agent is null)
        && story.Kind != "objection" && !other.IsJoined && other.First(Done.Asked) is { } asked && asked.UtcDateTime.Date == world.Now.UtcDateTime.Date
        && (other.First(Done.Withdrawn) ?? other.First(Done.Decided)) is null;
}
