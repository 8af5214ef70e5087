using Microsoft.DurableTask.Protobuf;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Cases;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Tests.Terminations;

namespace PrivacyFunctions.Tests.Requests.Erasure;

/// <summary>
/// The real orchestrator of an erasure request on the real engine, with activities that note their calls and keep a case
/// in memory. What they would find is set by the test. Nothing sleeps: the test moves the clock.
/// </summary>
internal sealed class ErasureRun : IAsyncDisposable
{
    public const string Instance = "erasure-00000000000000000000000000000001";
    public const string Version = "erasure-v2";

    private static readonly CasePlan Policy = new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));
    private readonly EngineRun _run;
    private readonly List<string> _calls = [];
    private readonly List<int> _escalations = [];
    private int _plans;

    private ErasureRun(EngineRun run) => _run = run;

    /// <summary>The case, which commands of the test change and activities read.</summary>
    public ErasureRequest Case { get; private set; } =
        RequestDecisions.Receive(
            ErasureRequest.New, CaseId.Parse(Instance[8..]), Policy, EngineRun.Start, new(2026, 3, 2),
            Residence.Elsewhere, HolidayCalendars.Of("EU"),
            "form", "c0").Request;

    /// <summary>What each search finds, in order; when they are over, nothing is found.</summary>
    public Queue<ErasureLine[]> Searches { get; } = new();

    /// <summary>For how many steps another request of the person still goes first.</summary>
    public int OthersFirst { get; set; }

    /// <summary>Whether what was approved is found changed at the next look.</summary>
    public bool IsChanged { get; set; }

    /// <summary>How many calls each data set takes.</summary>
    public int CallsASet { get; set; } = 1;

    /// <summary>The activities in the order of their attempts.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_calls) return [.. _calls];
        }
    }

    /// <summary>What happens beside the next call of an activity.</summary>
    public Dictionary<string, Action> Acts { get; } = [];

    /// <summary>The numbers under which people were told that a plan waits.</summary>
    public IReadOnlyList<int> Escalations
    {
        get
        {
            lock (_calls) return [.. _escalations];
        }
    }

    /// <summary>How often each activity still fails.</summary>
    public Dictionary<string, int> Failures { get; } = [];

    /// <summary>What breaks now and then.</summary>
    public Breakdowns Breakdowns { get; } = new();

    /// <summary>What is shown of broken steps.</summary>
    public ShownSteps Shown { get; } = new();

    /// <summary>How long the histories became.</summary>
    public LongestHistory Longest { get; private set; } = null!;

    public static Task<ErasureRun> StartAsync(params ErasureLine[][] searches) =>
        StartAsync(version: null, isConfirmed: false, searches);

    /// <summary>Starts a run.</summary>
    /// <param name="version">The version of its input; null for the current one.</param>
    /// <param name="isConfirmed">Whether the mailbox was proven before, as when it goes on with an earlier request.</param>
    /// <param name="searches">What each search finds, in order.</param>
    public static async Task<ErasureRun> StartAsync(string? version, bool isConfirmed, params ErasureLine[][] searches)
    {
        var functions = new TestFunctions();
        var engine = await EngineRun.StartAsync(functions);
        var run = new ErasureRun(engine) { Longest = await LongestHistory.WatchAsync(engine) };
        foreach (var search in searches) run.Searches.Enqueue(search);
        run.Add(functions);
        if (isConfirmed) run.ConfirmUnheard();
        var input = RequestInput.For(run.Case);
        await run._run.ScheduleAsync(nameof(RunErasureRequest), version is null ? input : input with { Version = version }, Instance);
        await run._run.SettleAsync();
        return run;
    }

    public Task PassAsync(TimeSpan time) => _run.AdvanceAsync(time);

    /// <summary>Lets days pass, in steps that are short enough for every pause between attempts.</summary>
    public Task PassDaysAsync(int days) => _run.PassDaysAsync(days);

    /// <summary>The person presses the button.</summary>
    public Task ConfirmAsync() => WakeAfterAsync(RequestDecisions.Confirm);

    /// <summary>An operator approves the plan that waits.</summary>
    public Task ApproveAsync() => WakeAfterAsync(state => ErasureDecisions.Approve(state, state.PlanHash!, "op-7"));

    /// <summary>Changes the case and tells nobody.</summary>
    public void ConfirmUnheard() => Decide(RequestDecisions.Confirm);

    /// <inheritdoc cref="ConfirmUnheard"/>
    public void ApproveUnheard() => Decide(state => ErasureDecisions.Approve(state, state.PlanHash!, "op-7"));

    public async Task<bool> IsCompletedAsync() => (await _run.LookAsync(Instance)).IsCompleted;

    public IReadOnlyList<HistoryEvent> History() => _run.Engine.ReadHistory(Instance);

    /// <summary>The history of the one stage of that name.</summary>
    public Task<IReadOnlyList<HistoryEvent>> StageHistoryAsync(string stage) => _run.StageHistoryAsync($"{Instance}:{stage}-");

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private async Task WakeAfterAsync(Func<ErasureRequest, Decision> decide)
    {
        Decide(decide);
        await _run.Client.RaiseEventAsync(Instance, IntentDispatcher.Wake, _run.Patience);
        await _run.SettleAsync();
    }

    private void Add(TestFunctions functions)
    {
        functions.WithCommonStages().Orchestrator(nameof(RunErasureRequest), Procedures.Of(RunErasureRequest.RunAsync));
        functions.Orchestrator(nameof(AwaitApproval), AwaitApproval.RunAsync);
        functions.Orchestrator(nameof(EraseInBatches), Procedures.Of(EraseInBatches.RunAsync));
        Step<CaseStep, CaseStatus>(nameof(AdmitRequest), _ => Case.Status);
        Step<CaseStep, object?>(nameof(AskForConfirmation), _ => null);
        Step<CaseStep, CaseStatus>(nameof(ReadCaseStatus), _ => Case.Status);
        Step<CaseStep, CaseStatus>(nameof(TellNotIdentified), _ => Decide(state => RequestDecisions.GiveUpWaiting(state, _run.Clock.GetUtcNow())).Status);
        Step<CaseStep, object?>(nameof(CaptureIdentifiers), _ => null);
        Step<CaseStep, object?>(nameof(EndUndoWindows), _ => null);
        Step<CaseStep, bool>(nameof(MayErase), _ => !AnotherGoesFirst());
        Step<CaseStep, CaseStatus>(
            nameof(PlanErasure),
            _ => AnotherGoesFirst() ? Case.Status : Decide(state => ErasureDecisions.Plan(state, Search())).Status);
        Step<CaseStep, ApprovalDeadlines>(
            nameof(AnnouncePlan), _ => new([EngineRun.Start.AddDays(24), EngineRun.Start.AddDays(30)]));
        Step<EscalationStep, object?>(nameof(EscalateErasure), told =>
        {
            _escalations.Add(told.Number);
            return Decide(ErasureDecisions.Escalate);
        });
        Step<CaseStep, BegunErasure>(nameof(BeginErasure), _ => AnotherGoesFirst() ? Begun() : Begin());
        Step<ErasePartStep, ErasedPart>(nameof(EraseDataSet), part =>
            AnotherGoesFirst() ? new(part.Batch, Waits: true)
            : part.Batch + 1 < CallsASet ? new(part.Batch + 1)
            : new(Next: null));
        Step<CaseStep, CaseStatus>(
            nameof(RescanData), _ => Decide(state => ErasureDecisions.NoteRescan(state, Search())).Status);
        Step<BrokenStep, object?>(nameof(NoteAttention), Shown.Note);
        Step<BrokenStep, object?>(nameof(NoteRecovery), Shown.TakeBack);
        Step<CaseStep, object?>(nameof(TellErased), _ => null);
        Step<CaseStep, object?>(nameof(ForgetIdentifiers), _ => null);
        Step<CaseStep, CaseStatus>(nameof(CloseCase), _ => Decide(state => RequestDecisions.Close(state, _run.Clock.GetUtcNow())).Status);

        void Step<TIn, TOut>(string name, Func<TIn, TOut> act) => functions.Activity<TIn, TOut>(name, input =>
        {
            lock (_calls)
            {
                _calls.Add(name);
                if (Acts.Remove(name, out var other)) other();
                var breaks = Breakdowns.Fails(name);
                if (Failures.GetValueOrDefault(name) == 0 && !breaks) return act(input);
                if (!breaks) Failures[name]--;
                throw new InvalidOperationException("It fails, as the test wants.");
            }
        });
    }

    private bool AnotherGoesFirst() => OthersFirst-- > 0;

    private ErasurePlan? Latest { get; set; }

    private ErasurePlan Search()
    {
        Searches.TryDequeue(out var lines);
        return Latest = new(Case.Id, EngineRun.Start, $"plan {++_plans}", lines ?? []);
    }

    private BegunErasure Begin()
    {
        var again = IsChanged ? Search() : Latest!;
        IsChanged = false;
        Decide(state => ErasureDecisions.Begin(state, again));
        return Begun();
    }

    private BegunErasure Begun() =>
        new(Case.Status, Case.ApprovedHash, [.. Latest!.Destroying.Select(line => line.DataSet)]);

    private ErasureRequest Decide(Func<ErasureRequest, Decision> decide)
    {
        lock (_calls) return Case = Case.After(decide);
    }
}
