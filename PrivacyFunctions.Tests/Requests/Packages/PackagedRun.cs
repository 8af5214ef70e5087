using Microsoft.DurableTask;
using Microsoft.DurableTask.Protobuf;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Packages;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Tests.Terminations;

namespace PrivacyFunctions.Tests.Requests.Packages;

/// <summary>
/// The real orchestrator of a request that a package answers on the real engine, with activities that note their calls and keep a case
/// in memory. Nothing sleeps: the test moves the clock.
/// </summary>
internal sealed class PackagedRun : IAsyncDisposable
{
    private const string Digits = "00000000000000000000000000000001";

    private static readonly CasePlan Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));
    private readonly EngineRun _run;
    private readonly string _orchestrator;
    private readonly List<(string Activity, DateTimeOffset At)> _calls = [];

    private PackagedRun(EngineRun run, NewRequest<PackagedRequest> @new, string orchestrator)
    {
        (_run, _orchestrator) = (run, orchestrator);
        Case = RequestDecisions.Receive(
            @new, CaseId.Parse(Digits), Plan, EngineRun.Start, new(2026, 3, 2), Residence.Elsewhere, HolidayCalendars.Of("EU"),
            "form", "c0").Request;
    }

    /// <summary>The case, which commands of the test change and activities read.</summary>
    public PackagedRequest Case { get; private set; }

    /// <summary>The activities in the order of their first attempts; those side by side in the order of their names.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_calls) return [.. _calls.Select(call => call.Activity)];
        }
    }

    public DateTimeOffset Now => _run.Clock.GetUtcNow();

    /// <summary>How often each activity still fails.</summary>
    public Dictionary<string, int> Failures { get; } = [];

    /// <summary>How long the histories became.</summary>
    public LongestHistory Longest { get; private set; } = null!;

    private string Instance => $"{Case.Kind.Name}-{Digits}";

    /// <param name="new">Makes the state of the request.</param>
    /// <param name="orchestrator">The name of its procedure.</param>
    /// <param name="procedure">The procedure.</param>
    /// <param name="early">By how much some timers fire before their instant.</param>
    public static async Task<PackagedRun> StartAsync(
        NewRequest<PackagedRequest> @new, string orchestrator, Func<TaskOrchestrationContext, Task> procedure, TimeSpan early = default)
    {
        var functions = new TestFunctions();
        var engine = await EngineRun.StartAsync(functions);
        engine.Configure = options => options with { TimersFireEarlyBy = early };
        var run = new PackagedRun(engine, @new, orchestrator) { Longest = await LongestHistory.WatchAsync(engine) };
        run.Add(functions, procedure);
        return run;
    }

    /// <summary>When an activity was called, each time.</summary>
    public IReadOnlyList<DateTimeOffset> TimesOf(string activity)
    {
        lock (_calls) return [.. _calls.Where(call => call.Activity == activity).Select(call => call.At)];
    }

    public async Task BeginAsync()
    {
        await _run.ScheduleAsync(_orchestrator, RequestInput.For(Case), Instance);
        await _run.SettleAsync();
    }

    public Task PassAsync(TimeSpan time) => _run.AdvanceAsync(time);

    /// <summary>Lets days pass, in steps that are short enough for every pause between attempts.</summary>
    public Task PassDaysAsync(int days) => _run.PassDaysAsync(days);

    /// <summary>The person presses the button: the case changes, then the orchestration is woken.</summary>
    public async Task ConfirmAsync()
    {
        Decide(RequestDecisions.Confirm);
        await WakeAsync();
    }

    /// <summary>The case is linked to another one before its orchestration runs.</summary>
    public void Close() => Decide(_ => new Decision.Change(new CaseFact.LinkedToOpenCase(Case.Id)));

    public async Task WakeAsync()
    {
        await _run.Client.RaiseEventAsync(Instance, IntentDispatcher.Wake, _run.Patience);
        await _run.SettleAsync();
    }

    public async Task<bool> IsCompletedAsync() => (await _run.LookAsync(Instance)).IsCompleted;

    public IReadOnlyList<HistoryEvent> History() => _run.Engine.ReadHistory(Instance);

    /// <summary>The history of the one stage of that name.</summary>
    public Task<IReadOnlyList<HistoryEvent>> StageHistoryAsync(string stage) => _run.StageHistoryAsync($"{Instance}:{stage}-");

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private void Add(TestFunctions functions, Func<TaskOrchestrationContext, Task> procedure)
    {
        functions.WithCommonStages().Orchestrator(_orchestrator, Procedures.Of(procedure));
        Step<CaseStep, CaseStatus>(nameof(AdmitRequest), _ => Case.Status);
        Step<CaseStep, object?>(nameof(AskForConfirmation), _ => null);
        Step<CaseStep, CaseStatus>(nameof(ReadCaseStatus), _ => Case.Status);
        Step<CaseStep, CaseStatus>(nameof(TellNotIdentified), _ => Decide(state => RequestDecisions.GiveUpWaiting(state, Now)).Status);
        Step<CaseStep, DataSetList>(nameof(ListDataSets), _ => new(["profiles", "payments", "usage-log"]));
        Step<GatherStep, SearchedSet>(nameof(GatherDataSet), step => new(step.DataSet, 2, 1));
        Step<PackageStep, PackagedExport>(
            nameof(PackageExport),
            step => new(step.CaseId, new(step.Sets.Count, step.Sets.Sum(set => set.Records), "ab", 1000)));
        Step<PackagedExport, ExportOffer>(
            nameof(OfferExport),
            package => new(
                Decide(state => PackageDecisions.Offer(state, _run.Clock.GetUtcNow(), package.Contents))
                    .OfferedUntil!.Value));
        Step<CaseStep, object?>(nameof(SendExportLink), _ => null);
        Step<CaseStep, object?>(nameof(DeleteExport), _ => null);
        Step<CaseStep, CaseStatus>(nameof(CloseCase), _ => Decide(state => RequestDecisions.Close(state, Now)).Status);
        Step<BrokenStep, object?>(nameof(NoteAttention), _ => null);
        Step<BrokenStep, object?>(nameof(NoteRecovery), _ => null);

        void Step<TIn, TOut>(string name, Func<TIn, TOut> act) => functions.Activity<TIn, TOut>(name, input =>
        {
            lock (_calls)
            {
                _calls.Add((name, Now));
                if (Failures.GetValueOrDefault(name) > 0)
                {
                    Failures[name]--;
                    throw new InvalidOperationException("It fails, as the test wants.");
                }

                return act(input);
            }
        });
    }

    private PackagedRequest Decide(Func<PackagedRequest, Decision> decide)
    {
        lock (_calls) return Case = Case.After(decide);
    }
}
