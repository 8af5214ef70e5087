using Microsoft.DurableTask.Protobuf;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Restriction;
using PrivacyFunctions.Requests.Restriction.Model;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Tests.Terminations;

namespace PrivacyFunctions.Tests.Requests.Restriction;

/// <summary>The real orchestrator of a restriction on the real engine, with steps that note their calls and keep a case in memory.</summary>
internal sealed class RestrictionRun : IAsyncDisposable
{
    public const string Version = "restriction-v3";

    private const string Instance = "restriction-00000000000000000000000000000001";

    private static readonly CasePlan Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));
    private readonly EngineRun _run;
    private readonly List<string> _calls = [];

    private RestrictionRun(EngineRun run) => _run = run;

    /// <summary>The case, which the steps change.</summary>
    public RestrictionRequest Case { get; set; } = RequestDecisions.Receive(
        RestrictionRequest.New, CaseId.Parse(Instance[12..]), Plan, EngineRun.Start, new(2026, 3, 2), Residence.Elsewhere,
        HolidayCalendars.Of("EU"), "form", "c0", "accuracy").Request;

    /// <summary>The steps in the order of their attempts.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_calls) return [.. _calls];
        }
    }

    /// <summary>Whether no mail reaches the person.</summary>
    public bool CannotBeTold { get; set; }

    public static async Task<RestrictionRun> StartAsync()
    {
        var functions = new TestFunctions();
        var run = new RestrictionRun(await EngineRun.StartAsync(functions));
        run.Add(functions);
        return run;
    }

    public async Task BeginAsync()
    {
        await _run.ScheduleAsync(nameof(RunRestriction), RequestInput.For(Case), Instance);
        await _run.SettleAsync();
    }

    /// <summary>Commits a decision and wakes the case.</summary>
    public async Task DecideAsync(Func<RestrictionRequest, Decision> decide)
    {
        Case = Case.After(decide);
        await _run.Client.RaiseEventAsync(Instance, IntentDispatcher.Wake);
        await _run.SettleAsync();
    }

    public Task PassDaysAsync(int days) => _run.PassDaysAsync(days);

    public async Task<bool> IsCompletedAsync() => (await _run.LookAsync(Instance)).IsCompleted;

    public IReadOnlyList<HistoryEvent> History() => _run.Engine.ReadHistory(Instance);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private void Add(TestFunctions functions)
    {
        functions.WithCommonStages().Orchestrator(nameof(RunRestriction), Procedures.Of(RunRestriction.RunAsync));
        Step(nameof(AdmitRequest), () => Case.Status);
        Step(nameof(AskForConfirmation), () => (object?)null);
        Step(nameof(ReadCaseStatus), () => Case.Status);
        Step(nameof(TellNotIdentified), () => (Case = Case.After(state => RequestDecisions.GiveUpWaiting(state, Now))).Status);
        Step(nameof(RestrictUse), () =>
        {
            Case = Case.After(state => RestrictionDecisions.NoteRestricted(state, Now));
            return (object?)null;
        });
        Step(nameof(TellRestricted), () => (object?)null);
        Step(nameof(AnnounceLifting), () =>
        {
            if (CannotBeTold)
            {
                Case = Case.After(state => RestrictionDecisions.WithdrawLifting(state, "not-told"));
                return new LiftingDay(null);
            }

            var on = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(RestrictionDecisions.NoticeDays + 1);
            Case = Case.After(state => RestrictionDecisions.AnnounceLifting(state, on, new(on, default, TimeSpan.Zero)));
            return new LiftingDay(Case.LiftAt);
        });
        Step(nameof(LiftRestriction), () =>
        {
            Case = Case.After(state => RestrictionDecisions.NoteLifted(state, Now));
            return Case.LiftedAt is not null;
        });
        Step(nameof(CloseCase), () => (Case = Case.After(state => RequestDecisions.Close(state, Now))).Status);

        void Step<TOut>(string name, Func<TOut> act) => functions.Activity<CaseStep, TOut>(name, _ =>
        {
            lock (_calls)
            {
                _calls.Add(name);
                return act();
            }
        });
    }

    private DateTimeOffset Now => _run.Clock.GetUtcNow();
}
