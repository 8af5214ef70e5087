using System.Net;
using System.Text.Json;
using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>
/// What operators do when a mail tells them that something waits: decide, each way, at once or after weeks in which nobody did anything;
/// take a decision back; and, by themselves, extend and stop cases.
/// </summary>
internal sealed class OperatorActs(MixedWorld world, WritingActs writers, ErasureActs erasures)
{
    private const int Late = 24; // days, of which a month has some more

    private const int MostTries = 12; // more than mails are refused in a row

    private static readonly string[] Refusals = ["right", "ofItsTime", "ofOthers", "legalClaim"];

    /// <summary>Whether it is a restriction that nobody means to lift.</summary>
    public static bool LeavesForGood(Story story) => story.Kind == "restriction" && story.Number % 4 == 0;

    /// <summary>What somebody may do about a case whatever comes.</summary>
    public void Begin(Story story)
    {
        var chance = story.Chance;
        if (chance.Next(8) == 0) Plan(story, chance.Next(40), () => ExtendAsync(story)); // whether or not anything is owed then
        if (chance.Next(6) == 0) Plan(story, chance.Next(40), () => PauseAsync(story, chance.Next(1, 7)));
    }

    /// <summary>Reads a mail to the Data Protection Officer.</summary>
    public void Hear(Story story, StoredMail mail)
    {
        writers.Hear(story, mail);
        Func<Task>? decide = mail.Subject switch
        {
            ErasureMails.PlanWaits => () => erasures.DecideAsync(story),
            Complaining.Waits => () => DecideComplaintAsync(story),
            Objecting.Waits => () => WeighAsync(story),
            Correcting.Waits => () => DecideCorrectionsAsync(story),
            "A person's data must not be used for now" when !LeavesForGood(story) => () => LiftAsync(story),
            _ => null,
        };
        if (decide is null) return;
        var days = Delay(story.Chance);
        if (mail.Subject == ErasureMails.PlanWaits) erasures.Begin(story, days);
        if (story.Kind != "restriction")
        {
            story.Waits = true;
            if (story.Chance.Next(5) == 0) Plan(story, story.Chance.Next(days + 1), () => writers.AskAsync(story));
        }

        if (days >= Late || story.Chance.Next(3) == 0) // in time, or when it is too late for that
            Plan(story, story.Chance.Next(story.Chance.Next(2) * Math.Min(days, Late), days + 4), () => ExtendAsync(story));
        Plan(story, days, decide);
    }

    // Most at once, some when they were reminded, some when it is too late.
    private static int Delay(Random chance) => chance.Next(10) switch
    {
        < 4 => chance.Next(4),
        < 6 => chance.Next(4, Late),
        _ => chance.Next(Late, 50),
    };

    private void Plan(Story story, int inDays, Func<Task> act) => story.Plan(world.Today.AddDays(inDays), act);

    private async Task ExtendAsync(Story story)
    {
        var reason = story.Chance.Next(2) == 0 ? "complex" : "manyRequests";
        var may = Owing.MayBeExtended(story, world.Policy, world.Now);
        var (status, body) = await world.OperateAsync($"cases/{story.Reference}/extension", new { reason });
        if (status == HttpStatusCode.ServiceUnavailable)
        {
            world.Did(story, Done.ExtensionInDoubt); // the person may have been told
            Plan(story, 1, () => ExtendAsync(story));
        }
        else if (status != (may ? HttpStatusCode.OK : HttpStatusCode.Conflict))
            world.Complain(story, $"{world.Now:yyyy-MM-dd} The extension was answered {(int)status}: {body}");
        else if (may && story.Count(Done.Extended) == 0)
            world.Did(story, Done.Extended);
    }

    private async Task PauseAsync(Story story, int days)
    {
        if (story.IsPausedAt(world.Now) || (await world.OperateAsync($"cases/{story.Reference}/pause")).Status != HttpStatusCode.OK) return; // it is over
        world.Did(story, Done.Paused);
        if (story.Chance.Next(2) == 0) Plan(story, story.Chance.Next(days), () => writers.AskAsync(story));
        Plan(story, days, async () =>
        {
            await world.OperateAsync(story, $"cases/{story.Reference}/resume", new { }, HttpStatusCode.OK);
            world.Did(story, Done.GoesOn);
        });
    }

    private async Task DecideComplaintAsync(Story story)
    {
        if (story.First(Done.Withdrawn) is not null) return;
        var outcome = Draw(story, "upheld", "partlyUpheld", "notUpheld");
        var reopens = outcome == "notUpheld" ? null : world.Stories.FirstOrDefault(each => each.Address == story.Address && IsSurelyClosed(each) && story.Chance.Next(2) == 0);
        var decision = new { outcome, explanation = "We looked into it.", reopens = reopens?.Reference ?? "" };
        await writers.ReadFirstAsync(story, $"cases/{story.Reference}/outcome", decision);
        await writers.GoOnFirstAsync(story, $"cases/{story.Reference}/outcome", decision);
        if (story.Chance.Next(4) == 0) await world.OperateAsync(story, $"cases/{story.Reference}/outcome", decision, HttpStatusCode.Conflict); // unread
        await world.Host.StatementAsync(story.Reference!);
        await world.OperateAsync(story, $"cases/{story.Reference}/outcome", decision, HttpStatusCode.OK);
        story.Waits = false;
        world.Did(story, Done.Decided);
        if (reopens is null) return;
        story.Reopens = reopens;
        world.Did(story, Done.Reopened);
    }

    // Of a kind that can be taken up again, and whose workflow nobody has stopped before its end.
    private bool IsSurelyClosed(Story story)
    {
        if (story is { Kind: "hold" or Wish.Termination or "restriction" } or { IsJoined: true } or { Reference: null }) return false;
        if (Wish.Form(story.Kind) is not { AsksForProof: true, Text: null } || story.IsPausedAt(world.Now) || story.Last(Done.GoesOn) > world.Now.AddDays(-1)) return false;
        var days = story.Kind is "access" or "portability" ? 16 : 1;
        return (story.EndedAt ?? story.Letter([.. Wish.Of(story.Kind).Answers, Wish.Withdrawn])?.ReceivedAt) < world.Now.AddDays(-days);
    }

    /// <summary>What the person wrote was not read in time, so the use of their data does not begin again: somebody decides anew.</summary>
    public void HearOfALapse(Story story, StoredMail mail)
    {
        story.Deeds.Add(new(mail.ReceivedAt, Done.LiftingWithdrawn));
        DecideAgain(story);
    }

    private async Task WeighAsync(Story story)
    {
        if (IsDecided(story)) return;
        var outcome = Draw(story, "upheld", "overridden");
        var (weighing, decision) = ($"cases/{story.Reference}/weighing", new { outcome, explanation = "We weighed it." });
        await writers.ReadFirstAsync(story, weighing, decision);
        await writers.GoOnFirstAsync(story, weighing, decision);
        await world.Host.StatementAsync(story.Reference!);
        await world.OperateAsync(story, weighing, decision, HttpStatusCode.OK);
        story.Waits = false;
        world.Did(story, outcome == "upheld" ? Done.Upheld : Done.Overridden);
        if (outcome != "upheld") MayTakeBack(story);
    }

    private async Task LiftAsync(Story story)
    {
        if (IsDecided(story)) return;
        var reason = story.Chance.Next(3) == 0 ? "wished" : story.Ground switch
        {
            "accuracy" => "checked",
            "claims" => "claimOver",
            _ => Draw(story, "lawful", "upheld"),
        };
        await writers.ReadFirstAsync(story, $"cases/{story.Reference}/lifting", new { reason });
        await world.OperateAsync(story, $"cases/{story.Reference}/lifting", new { reason }, HttpStatusCode.OK);
        world.Did(story, Done.Lifted);
        MayTakeBack(story);
    }

    private static bool IsDecided(Story story) =>
        (story.Last(Done.Lifted) ?? story.Last(Done.Upheld) ?? story.Last(Done.Overridden)) is { } at && !(story.Last(Done.LiftingWithdrawn) >= at);

    // The person was right to disagree; later it is decided again.
    private void MayTakeBack(Story story)
    {
        if (story.Chance.Next(3) == 0) Plan(story, story.Chance.Next(1, 6), () => TakeBackAsync(story));
    }

    private async Task TakeBackAsync(Story story)
    {
        if (!IsDecided(story)) return;
        var path = $"cases/{story.Reference}/lifting/withdrawal";
        for (var tries = 1; (await world.OperateAsync(path, new { })).Status == HttpStatusCode.ServiceUnavailable; tries++)
        {
            world.Did(story, Done.TakenBackInDoubt); // the person may have been told
            if (tries < MostTries) continue;
            world.Complain(story, "Nobody can be told that a decision is taken back.");
            break;
        }

        world.Did(story, Done.LiftingWithdrawn);
        DecideAgain(story);
    }

    private void DecideAgain(Story story)
    {
        story.Waits = story.Kind == "use";
        Plan(story, story.Chance.Next(2, 20), () => story.Kind == "use" ? WeighAsync(story) : LiftAsync(story));
    }

    private async Task DecideCorrectionsAsync(Story story)
    {
        var (_, body) = await world.OperateAsync($"cases/{story.Reference}/corrections", method: HttpMethod.Get);
        foreach (var one in body.GetProperty("corrections").EnumerateArray())
            if (one.GetProperty("state").GetString() == "awaitsDecision")
            {
                var isSaid = !one.TryGetProperty("dataSet", out var set) || set.ValueKind == JsonValueKind.Null;
                object decision = story.Chance.Next(3) switch
                {
                    0 => new { decision = "refuse", reason = Draw(story, Refusals) },
                    1 when !isSaid => new { decision = "accept" },
                    _ => new { decision = "done" },
                };
                var path = $"cases/{story.Reference}/corrections/{one.GetProperty("number")}";
                await writers.ReadFirstAsync(story, path, decision);
                await writers.GoOnFirstAsync(story, path, decision);
                await world.OperateAsync(story, path, decision, HttpStatusCode.OK);
            }

        story.Waits = false;
        world.Did(story, Done.Decided);
    }

    private static string Draw(Story story, params string[] among) => among[story.Chance.Next(among.Length)];
}
