using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>
/// Looks whether a person's profile is gone when an erasure was answered, and stays when a hold or a restriction protects it, or nobody
/// erased it.
/// </summary>
internal sealed class ProfileLook(MixedWorld world)
{
    // What protects it may begin or end on the day on which it is erased.
    private static readonly TimeSpan Doubtful = TimeSpan.FromDays(2);

    /// <summary>The answer to an erasure came.</summary>
    public async Task AfterErasureAsync(Story story, StoredMail mail)
    {
        if (story.Kind != "erasure" || !story.Person.HasProfile || !Wish.Of("erasure").Answers.Any(mail.Subject.StartsWith)) return;
        var isThere = await IsThereAsync(story.Person);
        var spans = Protections(story.Person).ToList();
        if (!isThere) story.Person.ErasedAt ??= mail.ReceivedAt;
        if (!isThere && story.Person.ErasedAt == mail.ReceivedAt && spans.Exists(span => IsIn(span, mail.ReceivedAt)))
            world.Complain(story, "A protected profile was erased.");
        if (isThere && !spans.Exists(span => IsAround(span, mail.ReceivedAt)))
            world.Complain(story, $"The profile of {story.Person.Id} is still there, and nothing protects it.");
    }

    /// <summary>All has ended.</summary>
    public async Task AtTheEndAsync()
    {
        foreach (var person in world.Stories.Select(story => story.Person).Distinct().Where(person => person.HasProfile))
            if (await IsThereAsync(person) != person.ErasedAt is null)
                world.Complain(world.Stories.First(story => story.Person == person), $"The profile of {person.Id} {(person.ErasedAt is null ? "is gone" : "came back")}.");
    }

    private async Task<bool> IsThereAsync(MixedPerson person) => await world.Host.RowsAsync("companyProfiles", person.Id) > 0;

    private IEnumerable<(DateTimeOffset From, DateTimeOffset? To)> Protections(MixedPerson person)
    {
        foreach (var hold in person.Protections) yield return (hold.From, hold.To);
        foreach (var story in world.Stories.Where(story => story.Person == person && story.Kind == "restriction"))
            if (story.Letter(Wish.Restricted) is { } begun)
            {
                var told = story.Letters.LastOrDefault(mail => mail.Subject.StartsWith(Wish.Lifts, StringComparison.Ordinal))?.ReceivedAt;
                yield return (begun.ReceivedAt, told is null || story.Last(Done.LiftingWithdrawn) > told ? null : Owing.StartOf(Owing.DayOf(told.Value).AddDays(8)));
            }
    }

    private static bool IsIn((DateTimeOffset From, DateTimeOffset? To) span, DateTimeOffset at) =>
        span.From < at - Doubtful && !(span.To < at + Doubtful);

    private static bool IsAround((DateTimeOffset From, DateTimeOffset? To) span, DateTimeOffset at) =>
        span.From < at + Doubtful && !(span.To < at - Doubtful);
}
