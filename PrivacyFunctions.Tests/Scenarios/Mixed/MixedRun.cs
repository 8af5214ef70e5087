namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>Lets the days pass, and everybody do on each what they mean to.</summary>
internal sealed class MixedRun
{
    private const int MostDays = 420;
    private const int MostRounds = 6;
    private const int AtATime = 4;

    private readonly PersonActs _people;
    private readonly OperatorActs _operators;
    private readonly OwnerActs _owners;
    private readonly PostBag _mails;
    private readonly Cast _cast;
    private readonly Action<string> _say;
    private readonly HashSet<DateOnly> _troubled = [];

    public MixedRun(MixedWorld world, Action<string> say)
    {
        (World, _say) = (world, say);
        (_people, _operators, _owners) = (new(world), new(world), new(world));
        _mails = new(world, _people, _operators, _owners);
        _cast = new(world, _people, _operators, _owners);
    }

    public MixedWorld World { get; }

    /// <summary>Lives through the days until all has ended that has to.</summary>
    public async Task LiveAsync(int cases)
    {
        await World.PassAsync(TimeSpan.FromHours(8)); // acts are done by daylight
        await _cast.DrawAsync(cases);
        var chance = World.ChanceOf(-1);
        var first = World.Today;
        var death = first.AddDays(chance.Next(20, 70));
        var isDead = false;
        for (var left = 3; left > 0;)
        {
            var dies = !isDead && World.Today >= death && World.Stories.Any(story => story.NextPlan <= World.Today);
            isDead |= dies;
            await ActAsync(refuses: chance.Next(8) == 0 ? chance.Next(1, 8) : 0, dies);
            if (World.Today > first.AddDays(MostDays)) throw new InvalidOperationException(
                $"Not all has ended:\n{string.Join('\n', World.Stories.Where(story => !Oracle.IsOver(story)))}");
            if (World.Stories.All(Oracle.IsOver)) left--;
            var next = World.Stories.Min(story => story.NextPlan) ?? World.Today.AddDays(7);
            var wait = Math.Clamp(next.DayNumber - World.Today.DayNumber, 1, 7);
            await World.PassToAsync(new DateTimeOffset(World.Today.AddDays(wait), new(8, 0), TimeSpan.Zero));
            if (World.Today.DayNumber / 7 != World.Today.AddDays(-wait).DayNumber / 7) await World.Host.FireAsync("BackUpNightly");
            await _mails.BringAsync();
        }
    }

    /// <summary>What happened, in numbers.</summary>
    public string Tally() => string.Join(
        ", ", World.Stories.SelectMany(story => story.Deeds.Select(deed => deed.What).Concat(story.Notices.Select(mail => mail.Subject)))
            .GroupBy(what => what).OrderBy(what => what.Key, StringComparer.Ordinal).Select(what => $"{what.Key}: {what.Count()}"));

    public Task JudgeAsync() => new Oracle(World).JudgeAsync(_troubled);

    // As often as what was done leads to something more on the same day.
    private async Task ActAsync(int refuses, bool dies)
    {
        for (var round = 0; round < MostRounds && World.Stories.Any(story => story.NextPlan <= World.Today); round++)
        {
            if (round == 0 && refuses > 0) await World.Host.RefuseMailsAsync(refuses, 503);
            if (round == 0 && (refuses > 0 || dies)) _troubled.Add(World.Today);
            var acts = World.Stories.Where(story => story.NextPlan <= World.Today).GroupBy(story => story.Person).ToList();
            await Parallel.ForEachAsync(acts, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (stories, _) =>
            {
                foreach (var story in stories)
                    foreach (var act in story.TakePlans(World.Today)) await act();
            });
            if (round == 0 && dies) await DieAsync();
            await World.PassAsync(TimeSpan.FromMinutes(30));
            if (round == 0 && refuses > 0)
            {
                await World.Host.RefuseMailsAsync(0, 503);
                await World.PassAsync(TimeSpan.FromMinutes(30));
            }

            await _mails.BringAsync();
        }
    }

    private async Task DieAsync()
    {
        _say($"dies on {World.Today:yyyy-MM-dd}");
        _mails.MayRepeat = true;
        await World.Host.KillAsync();
        await World.Host.RunAsync();
    }
}
