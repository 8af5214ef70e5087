using System.Net;
using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>
/// What operators do with an erasure whose plan waits: approve it, two of them where the company wants that, refuse the whole, doubt whose it is,
/// and put the data on hold between the approval and the erasure.
/// </summary>
internal sealed class ErasureActs(MixedWorld world, WritingActs writers)
{
    private const int MostDaysOfDoubt = 25;

    private static readonly object[] Refusals =
    [
        new { ground = "noGround", explanation = "We need it for your contract." },
        new { ground = "excessive", evidence = "askedBefore nothingChanged", explanation = "You asked last week." },
    ];

    private static readonly string[] Doubts = ["otherName", "newMailbox", "contradiction", "disowned"];

    /// <summary>What may be done before the decision.</summary>
    public void Begin(Story story, int daysToDecision)
    {
        if (IsUntouched(story) && story.Chance.Next(5) == 0) Plan(story, story.Chance.Next(daysToDecision + 1), () => DoubtAsync(story));
    }

    /// <summary>Decides about the plan that waits.</summary>
    public async Task DecideAsync(Story story)
    {
        if (story.IsEnded) return;
        var (status, plan) = await world.OperateAsync($"cases/{story.Reference}/plan", method: HttpMethod.Get);
        if (status != HttpStatusCode.OK)
        {
            world.Complain(story, $"The plan cannot be read: {(int)status}.");
            return;
        }

        var (approval, hash) = ($"cases/{story.Reference}/plan/approval", plan.Hash());
        await writers.ReadFirstAsync(story, approval, new { hash });
        if (story.IsDoubted)
        {
            await world.OperateAsync(story, approval, new { hash }, HttpStatusCode.Conflict);
            Plan(story, story.Chance.Next(1, 6), () => DecideAsync(story));
            return;
        }

        await writers.GoOnFirstAsync(story, approval, new { hash });
        if (story.Chance.Next(4) == 0) await world.OperateAsync(story, approval, new { hash = new string('0', 64) }, HttpStatusCode.Conflict);
        if (IsUntouched(story) && story.Chance.Next(6) == 0 && !story.IsPausedAt(world.Now)) await RefuseAsync(story, Draw(story, Refusals));
        else if (world.Policy.TakesTwo) await ApproveFirstAsync(story, approval, hash);
        else await ApproveAsync(story, approval, hash, key: null);
    }

    private async Task ApproveAsync(Story story, string approval, string hash, string? key)
    {
        var person = story.Person;
        var isChanged = IsUntouched(story) && story.Chance.Next(5) == 0 && person is { HasProfile: true, ErasedAt: null, Protections.Count: 0 }
            && !story.IsPausedAt(world.Now) && (await world.OperateAsync($"cases/{story.Reference}/pause")).Status == HttpStatusCode.OK;
        if (isChanged) world.Did(story, Done.Paused);
        await world.OperateAsync(story, approval, new { hash }, HttpStatusCode.OK, key);
        story.Waits = false;
        world.Did(story, Done.Approved);
        if (!isChanged) return;

        var protection = await new HoldActs(world).PlaceAsync(story, person, $"late-{person.Id}");
        world.Did(story, Done.Changed);
        Plan(story, 1, async () =>
        {
            await world.OperateAsync(story, $"cases/{story.Reference}/resume", new { }, HttpStatusCode.OK);
            world.Did(story, Done.GoesOn);
        });
        if (story.Chance.Next(2) == 0) Plan(story, story.Chance.Next(10, 40), () => new HoldActs(world).ReleaseAsync(story, person, $"late-{person.Id}", protection));
    }

    private async Task ApproveFirstAsync(Story story, string approval, string hash)
    {
        if (!await TellAsync(story, approval, new { hash }, HttpStatusCode.Accepted, world.Approvers[0], () => DecideAsync(story))) return;
        world.Did(story, Done.ApprovedFirst);
        Plan(story, story.Chance.Next(6), () => ApproveSecondAsync(story, approval, hash));
    }

    // The same person twice is one.
    private async Task ApproveSecondAsync(Story story, string approval, string hash)
    {
        if (story.IsEnded) return;
        await writers.ReadFirstAsync(story, approval, new { hash });
        if (story.IsDoubted)
        {
            await world.OperateAsync(story, approval, new { hash }, HttpStatusCode.Conflict, world.Approvers[1]);
            Plan(story, story.Chance.Next(1, 6), () => ApproveSecondAsync(story, approval, hash));
            return;
        }

        await writers.GoOnFirstAsync(story, approval, new { hash });
        if (story.Chance.Next(3) == 0) await TellAsync(story, approval, new { hash }, HttpStatusCode.Accepted, world.Approvers[0], null);
        if (story.Chance.Next(4) == 0) await TakeBackAsync(story, hash);
        else await ApproveAsync(story, approval, hash, world.Approvers[1]);
    }

    private async Task TakeBackAsync(Story story, string hash)
    {
        if (story.IsEnded) return;
        if (!await TellAsync(story, $"cases/{story.Reference}/plan/refusal", new { hash }, HttpStatusCode.OK, world.Approvers[1], () => TakeBackAsync(story, hash))) return;
        world.Did(story, Done.TakenBack);
        Plan(story, story.Chance.Next(1, 8), () => DecideAsync(story));
    }

    private async Task RefuseAsync(Story story, object refusal)
    {
        if (story.First(Done.Withdrawn) is not null) return;
        if (await TellAsync(story, $"cases/{story.Reference}/refusal", refusal, HttpStatusCode.OK, null, () => RefuseAsync(story, refusal), Done.Refused)) story.Waits = false;
    }

    private async Task DoubtAsync(Story story)
    {
        if (story.IsEnded || !IsUntouched(story) || (story.First(Done.Doubted) is not null && story.First(Done.DoubtAsked) is not null)) return;
        var doubt = $"cases/{story.Reference}/doubt";
        object ground = new { ground = Draw(story, Doubts) };
        var isNoted = story.IsDoubted; // and the person could not be asked
        if (!isNoted) await writers.ReadFirstAsync(story, doubt, ground);
        if (!isNoted && story.IsPausedAt(world.Now))
        {
            await world.OperateAsync(story, doubt, ground, HttpStatusCode.Conflict);
            return;
        }

        if (!await TellAsync(story, doubt, ground, HttpStatusCode.OK, null, () => DoubtAsync(story), Done.Doubted)) return;
        writers.NoteAsked(story);
        world.Did(story, Done.DoubtAsked);
        Plan(story, story.Chance.Next(3, MostDaysOfDoubt), () => EndDoubtAsync(story, story.Chance.Next(3) > 0));
    }

    private async Task EndDoubtAsync(Story story, bool isIdentified)
    {
        if (story.First(Done.Withdrawn) is not null || !(story.IsDoubted || (story.First(Done.NotIdentified) is not null && story.EndedAt is null))) return;
        var end = $"cases/{story.Reference}/doubt/end";
        object outcome = new { outcome = isIdentified ? "identified" : "notIdentified" };
        await writers.ReadFirstAsync(story, end, outcome);
        if (!isIdentified && story.IsPausedAt(world.Now))
        {
            await world.OperateAsync(story, end, outcome, HttpStatusCode.Conflict);
            Plan(story, 1, () => EndDoubtAsync(story, isIdentified));
            return;
        }

        WritingActs.NoteOver(story, world.Now);
        if (!await TellAsync(story, end, outcome, HttpStatusCode.OK, null, () => EndDoubtAsync(story, isIdentified), isIdentified ? Done.Identified : Done.NotIdentified)) return;
        if (!isIdentified) story.Waits = false;
        await WordsOracle.LookAsync(world, story);
    }

    // What is decided is noted, also where the provider takes no mail about it at this moment; then it is sent again the day after.
    private async Task<bool> TellAsync(
        Story story, string path, object body, HttpStatusCode expected, string? key, Func<Task>? again, string? noted = null)
    {
        var (status, answer) = await world.OperateAsync(path, body, key: key);
        if (status != expected && status != HttpStatusCode.ServiceUnavailable)
            world.Complain(story, $"{world.Now:yyyy-MM-dd HH:mm} POST {path} came to {(int)status}, not {(int)expected}: {answer}");
        else if (noted is not null && story.First(noted) is null)
            world.Did(story, noted);
        if (status == HttpStatusCode.ServiceUnavailable) world.Did(story, Done.InDoubt);
        if (status == HttpStatusCode.ServiceUnavailable && again is not null) Plan(story, 1, again);
        return status == expected;
    }

    // Of which nothing was approved, and which goes on with no earlier one: it can be refused, and doubted.
    private static bool IsUntouched(Story story) => story is { IsEnded: false, IsResumed: false } && story.First(Done.Approved) is null;

    private void Plan(Story story, int inDays, Func<Task> act) => story.Plan(world.Today.AddDays(inDays), act);

    private static T Draw<T>(Story story, IReadOnlyList<T> among) => among[story.Chance.Next(among.Count)];
}
