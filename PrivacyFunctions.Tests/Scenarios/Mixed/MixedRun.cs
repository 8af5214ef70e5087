using System.Diagnostics;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>Lets the days pass, and everybody do on each what they mean to.</summary>
internal sealed class MixedRun
{
    private const int MostDays = 420;
    private const int MostRounds = 6;
    private const int AtATime = 4;
    private const int DaysBetweenBackups = 12;

    private static readonly TimeSpan OneRound = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UntilMailsGoAgain = TimeSpan.FromMinutes(30);

    private readonly PersonActs _people;
    private readonly OperatorActs _operators;
    private readonly WritingActs _writers;
    private readonly OwnerActs _owners;
    private readonly ProfileLook _profiles;
    private readonly PostBag _mails;
    private readonly Cast _cast;
    private readonly Action<string> _say;
    private readonly HashSet<DateOnly> _troubled = [];
    private readonly Stopwatch _passing = new();
    private readonly Stopwatch _acting = new();
    private readonly Stopwatch _judging = new();

    private DateOnly _backedUp;

    public MixedRun(MixedWorld world, Action<string> say)
    {
        (World, _say) = (world, say);
        (_people, _owners, _profiles, _writers) = (new(world), new(world), new(world), new(world));
        _operators = new(world, _writers, new(world, _writers));
        _mails = new(world, _people, _operators, _owners, _profiles) { Troubled = _troubled };
        _cast = new(world, new(world), _operators, _owners);
    }

    public MixedWorld World { get; }

    /// <summary>Lives through the days until all has ended that has to.</summary>
    public async Task LiveAsync(int cases)
    {
        await World.PassAsync(TimeSpan.FromHours(8)); // acts are done by daylight
        await World.HireAsync();
        await _cast.DrawAsync(cases);
        var chance = World.ChanceOf(-1);
        var first = World.Today;
        var death = first.AddDays(chance.Next(20, 70));
        var isDead = false;
        for (var left = 3; left > 0;)
        {
            var dies = !isDead && World.Today >= death && World.Stories.Any(story => story.NextPlan <= World.Today);
            isDead |= dies;
            _acting.Start();
            await ActAsync(refuses: chance.Next(8) == 0 ? chance.Next(1, 8) : 0, dies);
            _acting.Stop();
            if (World.Today > first.AddDays(MostDays)) throw new InvalidOperationException(
                $"Not all has ended:\n{string.Join('\n', World.Stories.Where(story => !Oracle.IsOver(story)))}");
            if (World.Stories.All(Oracle.IsOver)) left--;
            var next = World.Stories.Min(story => story.NextPlan) ?? World.Today.AddDays(7);
            var wait = Math.Clamp(next.DayNumber - World.Today.DayNumber, 1, 7);
            _passing.Start();
            await World.PassToAsync(new DateTimeOffset(World.Today.AddDays(wait), new(8, 0), TimeSpan.Zero));
            _passing.Stop();
            await BackUpAsync();
            await _mails.BringAsync();
        }
    }

    /// <summary>How long the acts took, the time between them, and what is judged at the end.</summary>
    public string Took => $"{_acting.Elapsed.TotalSeconds:F0} s acting, {_passing.Elapsed.TotalSeconds:F0} s passing and {_judging.Elapsed.TotalSeconds:F0} s judging";

    /// <summary>What happened, in numbers.</summary>
    public string Tally() => string.Join(
        ", ", World.Stories.SelectMany(story => story.Deeds.Select(deed => deed.What).Concat(story.Notices.Select(mail => mail.Subject)))
            .GroupBy(what => what).OrderBy(what => what.Key, StringComparer.Ordinal).Select(what => $"{what.Key}: {what.Count()}"));

    /// <summary>Judges what came of it.</summary>
    public async Task JudgeAsync()
    {
        _judging.Start();
        await new Oracle(World).JudgeAsync(_troubled);
        await new WordsOracle(World).JudgeAsync(_troubled);
        await _profiles.AtTheEndAsync();
        await new Traces(World).LookAsync(_mails.All);
        _judging.Stop();
    }

    // An account's end is over when no backup from before it is left, and a newer one was searched.
    private async Task BackUpAsync()
    {
        var isPurged = World.Stories.Any(story => story.Dates?.PurgeOn <= World.Today && !Oracle.IsOver(story));
        if (!isPurged || World.Today < _backedUp.AddDays(DaysBetweenBackups)) return;
        await World.Host.FireAsync("BackUpNightly");
        _backedUp = World.Today;
    }

    // As often as what was done leads to something more on the same day. Faults come with the first acts, and are over before the night.
    private async Task ActAsync(int refuses, bool dies)
    {
        for (var round = 0; round < MostRounds && World.Stories.Any(story => story.NextPlan <= World.Today); round++)
        {
            if (round == 0 && refuses > 0) await World.Host.RefuseMailsAsync(refuses, 503, acceptButFail: refuses % 3 == 0);
            if (round == 0 && (refuses > 0 || dies)) _troubled.Add(World.Today);
            var acts = World.Stories.Where(story => story.NextPlan <= World.Today).GroupBy(story => story.Person).ToList();
            await Parallel.ForEachAsync(acts, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (stories, _) =>
            {
                foreach (var story in stories)
                    foreach (var act in story.TakePlans(World.Today)) await act();
            });
            if (round == 0 && dies) await DieAsync();
            await World.PassAsync(OneRound);
            if (round == 0 && refuses > 0)
            {
                await World.PassAsync(UntilMailsGoAgain);
                await World.Host.RefuseMailsAsync(0, 503);
            }

            if (round == 0 && (refuses > 0 || dies)) await World.PassAsync(UntilMailsGoAgain);
            await _mails.BringAsync();
        }
    }

    private async Task DieAsync()
    {
        _say($"dies on {World.Today:yyyy-MM-dd}");
        await World.Host.KillAsync();
        await World.Host.RunAsync();
    }
}
