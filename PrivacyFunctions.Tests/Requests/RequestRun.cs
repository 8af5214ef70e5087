using Microsoft.DurableTask;
using Microsoft.DurableTask.Protobuf;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Tests.Terminations;

namespace PrivacyFunctions.Tests.Requests;

/// <summary>
/// The real orchestrator of a right on the real engine, with steps that note their calls and keep a case in memory. Nothing sleeps: the
/// test moves the clock.
/// </summary>
internal abstract class RequestRun<TRequest> : IAsyncDisposable
    where TRequest : SubjectRequest
{
    private const string Digits = "00000000000000000000000000000001";

    private static readonly CasePlan Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));
    private readonly EngineRun _run;
    private readonly TestFunctions _functions;
    private readonly string _orchestrator;
    private readonly List<string> _calls = [];

    protected RequestRun(
        (EngineRun Run, TestFunctions Functions) engine, NewRequest<TRequest> @new, string orchestrator,
        Func<TaskOrchestrationContext, Task> procedure, string? ground = null)
    {
        (_run, _functions, _orchestrator) = (engine.Run, engine.Functions, orchestrator);
        Case = RequestDecisions.Receive(
            @new, CaseId.Parse(Digits), Plan, EngineRun.Start, new(2026, 3, 2), Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0",
            ground).Request;
        _functions.WithCommonStages().Orchestrator(orchestrator, Procedures.Of(procedure));
        Step(nameof(AdmitRequest), () => Case.Status);
        Step(nameof(AskForConfirmation), () => (object?)null);
        Step(nameof(ReadCaseStatus), () => Case.Status);
        Step(nameof(TellNotIdentified), () => Decide(state => RequestDecisions.GiveUpWaiting(state, Now)).Status);
        Step(nameof(CloseCase), () => Decide(state => RequestDecisions.Close(state, Now)).Status);
        Step<BrokenStep, object?>(nameof(NoteAttention), () => null);
        Step<BrokenStep, object?>(nameof(NoteRecovery), () => null);
    }

    /// <summary>The case, which the steps change.</summary>
    public TRequest Case { get; set; }

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

    protected DateTimeOffset Now => _run.Clock.GetUtcNow();

    private string Instance => $"{Case.Kind.Name}-{Digits}";

    public async Task BeginAsync()
    {
        await _run.ScheduleAsync(_orchestrator, RequestInput.For(Case), Instance);
        await _run.SettleAsync();
    }

    /// <summary>Commits a decision and wakes the case.</summary>
    public async Task DecideAsync(Func<TRequest, Decision> decide)
    {
        Decide(decide);
        await _run.Client.RaiseEventAsync(Instance, IntentDispatcher.Wake);
        await _run.SettleAsync();
    }

    public Task PassDaysAsync(int days) => _run.PassDaysAsync(days);

    public async Task<bool> IsCompletedAsync() => (await _run.LookAsync(Instance)).IsCompleted;

    public IReadOnlyList<HistoryEvent> History() => _run.Engine.ReadHistory(Instance);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    protected static async Task<(EngineRun Run, TestFunctions Functions)> EngineAsync()
    {
        var functions = new TestFunctions();
        return (await EngineRun.StartAsync(functions), functions);
    }

    protected TRequest Decide(Func<TRequest, Decision> decide) => Case = Case.After(decide);

    protected void Step<TOut>(string name, Func<TOut> act) => Step<CaseStep, TOut>(name, act);

    private void Step<TIn, TOut>(string name, Func<TOut> act) => _functions.Activity<TIn, TOut>(name, _ =>
    {
        lock (_calls)
        {
            _calls.Add(name);
            if (Failures.GetValueOrDefault(name) == 0) return act();
            Failures[name]--;
            throw new InvalidOperationException("It fails, as the test wants.");
        }
    });
}
