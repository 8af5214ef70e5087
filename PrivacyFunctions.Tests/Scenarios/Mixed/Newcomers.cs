using System.Text.Json;
using PrivacyFunctions.LocalHost.Outbox;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>The cases that nobody asked for: of an erasure that goes on once a hold is released, and of a request that a complaint has taken up again.</summary>
internal sealed class Newcomers(MixedWorld world, OperatorActs operators)
{
    /// <summary>A case that nobody asked for goes on with an erasure, or with what a complaint was about.</summary>
    /// <returns>Null if it is no such case.</returns>
    public async Task<Story?> FindAsync(string reference, StoredMail mail)
    {
        var view = (await world.OperateAsync($"cases/{reference}", method: HttpMethod.Get)).Body;
        if (view.ValueKind != JsonValueKind.Object) return null;
        var found = view.GetProperty("case");
        var story = found.TryGetProperty("resumes", out var resumes) && resumes.GetString() is { } earlier && world.Find(earlier) is { } first
            ? Resumed(first, found.GetProperty("receivedAt").GetDateTimeOffset())
            : found.GetProperty("channel").GetString() == "complaint" ? Reopened(found.GetProperty("kind").GetString()!, mail) : null;
        if (story is not null) world.Know(story, reference);
        return story;
    }

    private Story Resumed(Story first, DateTimeOffset at)
    {
        var story = world.Add(new Story(
            first.Number + 100_000 * (1 + world.Stories.Count(each => each.IsResumed && each.Person == first.Person)), first.Person, "erasure",
            world.ChanceOf(first.Number + 7)) { Address = first.Address, Country = first.Country, IsResumed = true });
        story.Deeds.Add(new(at, Done.Asked));
        story.Deeds.Add(new(at, Done.Confirmed));
        return story;
    }

    // As if its person had sent it once more on the day on which the complaint is answered.
    private Story? Reopened(string kind, StoredMail mail)
    {
        if (world.Stories.FirstOrDefault(each => each.Reopens?.Kind == kind && each.Address == mail.To.Single().Email
            && !world.Stories.Any(other => other.Complaint == each)) is not { Reopens: { } earlier } complaint) return null;
        var story = world.Add(new Story(complaint.Number + 50_000, earlier.Person, kind, world.ChanceOf(complaint.Number + 5))
        {
            Address = complaint.Address, Country = earlier.Country ?? complaint.Country, Ground = earlier.Ground, Complaint = complaint,
        });
        story.Deeds.Add(new(mail.ReceivedAt, Done.Asked));
        operators.Begin(story);
        return story;
    }
}
