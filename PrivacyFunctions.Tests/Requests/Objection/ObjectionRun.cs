using Microsoft.DurableTask.Protobuf;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Objection;
using PrivacyFunctions.Requests.Objection.Model;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Tests.Terminations;

namespace PrivacyFunctions.Tests.Requests.Objection;

/// <summary>The real orchestrator of an objection on the real engine, with steps that note their calls and keep a case in memory.</summary>
internal sealed class ObjectionRun : IAsyncDisposable
{
    public const string Version = "objection-v3";

    private const string Instance = "objection-00000000000000000000000000000001";

    private static readonly CasePlan Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));
    private readonly EngineRun _run;
    private readonly List<string> _calls = [];

    private ObjectionRun(EngineRun run) => _run = run;

    /// <summary>The case, which the steps change.</summary>
    public ObjectionRequest Case { get; set; } = RequestDecisions.Receive(
        ObjectionRequest.New, CaseId.Parse(Instance[10..]), Plan, EngineRun.Start, new(2026, 3, 2), Residence.Elsewhere,
        HolidayCalendars.Of("EU"), "form", "c0").Request;

    /// <summary>The steps in the order of their attempts.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_calls) return [.. _calls];
        }
    }

    /// <summary>How often each step still fails.</summary>
    public Dictionary<string, int> Failures { get; } = [];

    public static async Task<ObjectionRun> StartAsync()
    {
        var functions = new TestFunctions();
        var run = new ObjectionRun(await EngineRun.StartAsync(functions));
        run.Add(functions);
        return run;
    }

    public async Task BeginAsync()
    {
        await _run.ScheduleAsync(nameof(RunObjection), RequestInput.For(Case), Instance);
        await _run.SettleAsync();
    }

    public Task PassDaysAsync(int days) => _run.PassDaysAsync(days);

    public async Task<bool> IsCompletedAsync() => (await _run.LookAsync(Instance)).IsCompleted;

    public IReadOnlyList<HistoryEvent> History() => _run.Engine.ReadHistory(Instance);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private void Add(TestFunctions functions)
    {
        functions.WithCommonStages().Orchestrator(nameof(RunObjection), Procedures.Of(RunObjection.RunAsync));
        Step<CaseStep, CaseStatus>(nameof(AdmitRequest), _ => Case.Status);
        Step<CaseStep, object?>(nameof(StopMarketing), _ =>
        {
            Case = Case.After(state => state.NoteStopped(_run.Clock.GetUtcNow()));
            return null;
        });
        Step<CaseStep, object?>(nameof(TellMarketingStopped), _ => null);
        Step<CaseStep, CaseStatus>(
            nameof(CloseCase), _ => (Case = Case.After(state => RequestDecisions.Close(state, _run.Clock.GetUtcNow()))).Status);
        Step<BrokenStep, object?>(nameof(NoteAttention), _ => null);
        Step<BrokenStep, object?>(nameof(NoteRecovery), _ => null);

        void Step<TIn, TOut>(string name, Func<TIn, TOut> act) => functions.Activity<TIn, TOut>(name, input =>
        {
            lock (_calls)
            {
                _calls.Add(name);
                if (Failures.GetValueOrDefault(name) == 0) return act(input);
                Failures[name]--;
                throw new InvalidOperationException("It fails, as the test wants.");
            }
        });
    }
}
