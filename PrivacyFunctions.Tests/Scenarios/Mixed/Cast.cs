using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>Draws who asks for what, and when.</summary>
internal sealed class Cast(MixedWorld world, AskingActs asking, OperatorActs operators, OwnerActs owners)
{
    private const int DaysOfAsking = 75;
    private const int ManyTimes = 10_000;
    private const int Floods = 17;
    private const int SlowToSearch = 4; // the one with thousands of entries

    private static readonly string[] Agents = ["advice@example.com", "lawyer@example.com"];

    private static readonly string?[] Countries = [null, null, "DE", "GB", "GB", "US", "JP"];

    private readonly List<(MixedPerson Person, string Address, int Days)> _asked = [];

    /// <summary>Everybody of the run.</summary>
    public List<MixedPerson> People { get; } = [];

    /// <summary>Draws people, cases and holds.</summary>
    public async Task DrawAsync(int cases)
    {
        foreach (var kind in Wish.Kinds.Where(kind => kind != Wish.Termination)) Wish.Of(kind); // a new one has to be known
        var chance = world.ChanceOf(0);
        var known = SamplePeople.All.Where(person => person.Part is SamplePart.AccountUser or SamplePart.Visitor && person.Id != $"p-{SlowToSearch:D4}")
            .Where(person => !IsOwner(person)).OrderBy(_ => chance.Next()).ToList();
        for (var number = 0; number < Math.Max(6, cases * 2 / 3); number++)
            People.Add(number % 5 == 4 || number >= known.Count // nobody is two people
                ? new("", $"Stranger Number {number}", [$"stranger.{chance.Next(100_000, 999_999)}@example.net"], hasProfile: false)
                : await JoinAsync(known[number], withSecond: number % 7 == 3, chance));
        foreach (var person in People.Where(person => person.HasProfile && chance.Next(5) == 0)) PlanHold(person, chance);

        var accounts = new Queue<SamplePerson>(SamplePeople.All.Where(IsOwner).OrderBy(_ => chance.Next()));
        for (var number = 1; number <= cases; number++)
        {
            var kind = Wish.Kinds[number % Wish.Kinds.Count];
            if (kind == Wish.Termination && accounts.TryDequeue(out var owner)) End(number, owner, chance);
            else Ask(number, kind == Wish.Termination ? "access" : kind, People[chance.Next(People.Count)], chance);
        }
    }

    private void Ask(int number, string kind, MixedPerson person, Random chance)
    {
        var (days, form) = (chance.Next(DaysOfAsking), Wish.Form(kind));
        var (address, country) = (person.Addresses[chance.Next(person.Addresses.Count)], Countries[chance.Next(Countries.Length)]);
        if (kind == "complaint" && chance.Next(2) == 0 && _asked.Count > 0)
            (person, address, days) = _asked[chance.Next(_asked.Count)] is var about ? (about.Person, about.Address, Math.Min(about.Days + chance.Next(10, 50), DaysOfAsking)) : default;
        var way = chance.Next(10) switch { < 2 => Way.Letter, < 4 when person.HasProfile && form.AsksForProof => Way.SignIn, _ => Way.Form };
        var story = world.Add(new Story(number, person, kind, world.ChanceOf(number))
        {
            Address = way == Way.SignIn ? person.Address : address, Country = country, Way = way,
            DaysLain = way != Way.Letter ? 0 : chance.Next(4) == 0 ? chance.Next(20, 45) : chance.Next(15),
            Agent = way != Way.SignIn && form.TakesAgent && chance.Next(4) == 0 ? Agents[chance.Next(Agents.Length)] : null,
        });
        if (form is { AsksForProof: true, Text: null }) _asked.Add((person, story.Address, days));
        story.Plan(world.Today.AddDays(days), async () =>
        {
            await asking.AskAsync(story);
            operators.Begin(story);
            if (number % Floods == 0 && kind != "objection" && !(way == Way.Letter && form.Text is not null)) await AskManyTimesAsync(story);
        });
    }

    // The mailbox is asked about a few of a day; what comes beyond joins one of them. Whether an objection does depends on how quickly those
    // before it are done. Of letters, each came before the one that was entered before it.
    private async Task AskManyTimesAsync(Story first)
    {
        for (var times = 1; times <= AskingActs.PlacesOf(first.Way); times++)
        {
            var number = first.Number + times * ManyTimes;
            var again = world.Add(new Story(number, first.Person, first.Kind, world.ChanceOf(number))
            {
                Address = first.Address, Country = first.Country, Way = first.Way, Agent = first.Agent, DaysLain = first.Way == Way.Letter ? first.DaysLain + times : 0,
            });
            await asking.AskAsync(again);
        }
    }

    private void End(int number, SamplePerson owner, Random chance)
    {
        var person = new MixedPerson(owner.Id, owner.Name, owner.Addresses, hasProfile: false);
        var story = world.Add(new Story(number, person, Wish.Termination, world.ChanceOf(number)));
        story.Plan(world.Today.AddDays(chance.Next(DaysOfAsking)), () => owners.AskAsync(story, owner.Account!));
    }

    private async Task<MixedPerson> JoinAsync(SamplePerson person, bool withSecond, Random chance)
    {
        List<string> addresses = [person.Address];
        if (person.SecondAddress is { } other) addresses.Add(other);
        var hasProfile = person.Part is SamplePart.AccountUser;
        if (withSecond && hasProfile)
        {
            addresses.Add($"second.{chance.Next(100_000, 999_999)}@example.org");
            await SmallCompany.ShareAsync(world.Host, addresses[^1], person.Id);
        }

        return new(person.Id, person.Name, addresses, hasProfile);
    }

    // Nobody's case: it is placed, and half of them are released.
    private void PlanHold(MixedPerson person, Random chance)
    {
        var (placed, released) = (chance.Next(40), chance.Next(2) == 0 ? chance.Next(10, 60) : (int?)null);
        var story = world.Add(new Story(-People.IndexOf(person) - 1, person, "hold", chance));
        story.Plan(world.Today.AddDays(placed), async () =>
        {
            var (holds, id) = (new HoldActs(world), $"claim-{person.Id}");
            var protection = await holds.PlaceAsync(story, person, id);
            world.Did(story, "hold placed");
            if (released is not { } days) return;
            story.Plan(world.Today.AddDays(days), async () =>
            {
                await holds.ReleaseAsync(story, person, id, protection);
                world.Did(story, "hold released");
            });
        });
    }

    // The first user of each account.
    private static bool IsOwner(SamplePerson person) =>
        person.Account is { } account && SamplePeople.All.First(other => other.Account == account) == person;
}
