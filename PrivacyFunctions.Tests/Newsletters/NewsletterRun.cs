using System.Runtime.CompilerServices;
using PrivacyFunctions.Newsletters;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Tests.Terminations;

namespace PrivacyFunctions.Tests.Newsletters;

/// <summary>
/// The real orchestrators of a campaign on the real engine, with activities that note their calls. Nothing sleeps: the test moves
/// the clock. With PF_RECORD_HISTORIES set to a folder its histories are written there, to be checked in for a new version.
/// </summary>
internal sealed class NewsletterRun : IAsyncDisposable
{
    public static readonly CampaignId Id = CampaignId.Parse("00000000000000000000000000000001");
    public static readonly string Instance = NewsletterInput.InstanceOf(Id);

    private readonly EngineRun _run;
    private readonly int _pages;
    private readonly List<string> _calls = [];
    private readonly HashSet<int> _attempted = [];

    private NewsletterRun(EngineRun run, int pages) => (_run, _pages) = (run, pages);

    /// <summary>The activities in the order of their attempts, a page with its number.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_calls) return [.. _calls];
        }
    }

    /// <summary>How often the sending of a page still fails.</summary>
    public int Failures { get; set; }

    /// <summary>Whether each page fails once.</summary>
    public bool IsFlaky { get; set; }

    /// <summary>How long the histories became.</summary>
    public LongestHistory Longest { get; private set; } = null!;

    /// <summary>How many calls it takes to forget who got it.</summary>
    public int Batches { get; set; } = 2;

    public static async Task<NewsletterRun> StartAsync(int pages)
    {
        var functions = new TestFunctions();
        var engine = await EngineRun.StartAsync(functions);
        var run = new NewsletterRun(engine, pages) { Longest = await LongestHistory.WatchAsync(engine) };
        run.Add(functions);
        return run;
    }

    public async Task BeginAsync()
    {
        await _run.ScheduleAsync(nameof(RunNewsletter), NewsletterInput.For(Id), Instance);
        await _run.SettleAsync();
    }

    public Task PassAsync(TimeSpan time) => _run.AdvanceAsync(time);

    /// <summary>Lets days pass, in steps that are short enough for every pause between attempts.</summary>
    public Task PassDaysAsync(int days) => _run.PassDaysAsync(days);

    public async Task<bool> IsCompletedAsync(string instance) => (await _run.LookAsync(instance)).IsCompleted;

    public int HistoryLength(string instance) => _run.Engine.ReadHistory(instance).Count;

    public void Record(string instance, string kind, [CallerMemberName] string way = "") =>
        Histories.Record(_run.Engine.ReadHistory(instance), $"{kind}-v2", way);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private void Add(TestFunctions functions)
    {
        functions.Orchestrator(nameof(RunNewsletter), Procedures.Of(RunNewsletter.RunAsync));
        functions.Orchestrator(nameof(MendCampaignStep), MendCampaignStep.RunAsync);
        functions.Orchestrator(nameof(SendNewsletterStretch), SendNewsletterStretch.RunAsync);
        functions.Activity<NewsletterPage, NextPage>(nameof(SendNewsletterPage), page =>
        {
            lock (_calls)
            {
                _calls.Add($"{nameof(SendNewsletterPage)} {page.Number}");
                if (Failures-- > 0 || (IsFlaky && _attempted.Add(page.Number)))
                    throw new InvalidOperationException("It fails, as the test wants.");
                return new(page.Number == _pages ? null : page.Number + 1);
            }
        });
        functions.Activity<CampaignStep, RecipientsKept>(
            nameof(FinishNewsletter),
            _ => Noted(nameof(FinishNewsletter), new RecipientsKept(_run.Clock.GetUtcNow().AddDays(30))));
        functions.Activity<CampaignStep, MoreToDo>(
            nameof(ForgetRecipients), _ => Noted(nameof(ForgetRecipients), new MoreToDo(--Batches > 0)));
        functions.Activity<CampaignTrouble, object?>(
            nameof(NoteCampaignTrouble), trouble => Noted<object?>($"{nameof(NoteCampaignTrouble)} {trouble.Step}", null));
    }

    private T Noted<T>(string call, T result)
    {
        lock (_calls) _calls.Add(call);
        return result;
    }
}
