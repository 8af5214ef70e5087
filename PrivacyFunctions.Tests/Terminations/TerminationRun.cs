using Microsoft.DurableTask.Protobuf;
using PrivacyFunctions.Backups.Model;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Exports.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Cases;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations;

/// <summary>
/// The real orchestrators of an account's end on the real engine, with activities that note their calls and keep a case in
/// memory. Nothing sleeps: the test moves the clock. It takes effect on 2 March 2026, so the cleanup of 1 April purges it.
/// </summary>
internal sealed class TerminationRun : IAsyncDisposable
{
    public const string Version = "termination-v3";
    public const string Instance = "termination-00000000000000000000000000000001";
    public const string PackageInstance = $"{Instance}:package";
    public const string PurgeInstance = $"{Instance}:purge";
    public const string AfterPurgeInstance = $"{Instance}:after-purge";

    private static readonly TerminationPlan Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), 14);
    private readonly EngineRun _run;
    private readonly List<(string Activity, DateTimeOffset At)> _calls = [];
    private readonly List<PurgeStep> _purges = [];
    private readonly string _version;
    private bool _isHeld;

    private TerminationRun(EngineRun run, TerminationBy by, string version) => (_run, _version, Case) = (run, version, new()
    {
        Id = CaseId.Parse(Instance[12..]), Kind = CaseKind.Termination, ReceivedAt = EngineRun.Start,
        Account = AccountId.Parse("c-1"), By = by, Plan = Plan,
    });

    /// <summary>What it leads to if it takes effect on that day.</summary>
    public static TerminationFact.Terminated Effect { get; } = LegalTimes.In("Europe/Berlin").Terminate(Plan, EngineRun.Start);

    /// <summary>The case, which commands of the test change and activities read.</summary>
    public Termination Case { get; private set; }

    public DateTimeOffset Now => _run.Clock.GetUtcNow();

    /// <summary>The activities in the order of their attempts.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_calls) return [.. _calls.Select(call => call.Activity)];
        }
    }

    /// <summary>How long the histories became.</summary>
    public LongestHistory Longest { get; private set; } = null!;

    /// <summary>How often the owner's mailbox had enough mails for the day.</summary>
    public int MailsTomorrow { get; set; }

    /// <summary>How often the mailbox that we know is not the owner's when the copy is to be made.</summary>
    public int NotTheirs { get; set; }

    /// <summary>How many goes the owner's copy takes beyond one.</summary>
    public int MoreParts { get; set; }

    /// <summary>How many batches of each data set are left beyond one.</summary>
    public int MoreBatches { get; set; }

    /// <summary>What the re-scans find, one after the other; nothing after the last.</summary>
    public Queue<PurgeRest> Rests { get; } = new();

    /// <summary>How often a hold still keeps the files.</summary>
    public int HeldLooks { get; set; }

    /// <summary>How often something goes before the purge.</summary>
    public int Forerunners { get; set; }

    /// <summary>Whether the later searches find nothing, one after the other; nothing after the last.</summary>
    public Queue<bool> Searches { get; } = new();

    /// <summary>How often a look into the backups still finds something.</summary>
    public int BackupsLeft { get; set; }

    /// <summary>How often each activity still fails; for one data set alone: <c>Activity:data-set</c>.</summary>
    public Dictionary<string, int> Failures { get; } = [];

    /// <summary>What breaks now and then; for one data set alone: <c>Activity:data-set</c>.</summary>
    public Breakdowns Breakdowns { get; } = new();

    /// <summary>What is shown of broken steps.</summary>
    public ShownSteps Shown { get; } = new();

    /// <summary>The entries into the ledger and the purged batches, in their order.</summary>
    public IReadOnlyList<PurgeStep> Purges
    {
        get
        {
            lock (_calls) return [.. _purges];
        }
    }

    /// <param name="by">Who ends the account.</param>
    /// <param name="early">By how much some timers fire before their instant.</param>
    /// <param name="longestTimer">The longest piece of a timer.</param>
    /// <param name="version">The version of the procedure that the case was started with.</param>
    public static async Task<TerminationRun> StartAsync(
        TerminationBy by = TerminationBy.Owner, TimeSpan early = default, TimeSpan? longestTimer = null,
        string version = TerminationInput.CurrentVersion)
    {
        var functions = new TestFunctions();
        var engine = await EngineRun.StartAsync(functions);
        engine.Configure = options => options with { TimersFireEarlyBy = early };
        engine.LongestTimer = longestTimer;
        var run = new TerminationRun(engine, by, version) { Longest = await LongestHistory.WatchAsync(engine) };
        run.Add(functions);
        return run;
    }

    /// <summary>When an activity was called, each time.</summary>
    public IReadOnlyList<DateTimeOffset> TimesOf(string activity)
    {
        lock (_calls) return [.. _calls.Where(call => call.Activity == activity).Select(call => call.At)];
    }

    public async Task BeginAsync()
    {
        await _run.ScheduleAsync(nameof(RunTermination), TerminationInput.For(Case) with { Version = _version }, Instance);
        await _run.SettleAsync();
    }

    /// <summary>Begins, and takes effect at once by its owner's word.</summary>
    public async Task TakeEffectAsync()
    {
        await BeginAsync();
        await DecideAndWakeAsync(state => TerminationDecisions.Confirm(state, isOwner: true, Effect));
    }

    /// <summary>Begins, takes effect, and lives on until its purge may begin.</summary>
    public async Task LiveToPurgeAsync()
    {
        await TakeEffectAsync();
        await PassToAsync(Effect.Instants.UndoUntil);
        await PassToAsync(Effect.Instants.PurgeFrom);
    }

    public Task PassToAsync(DateTimeOffset instant) => _run.AdvanceAsync(instant - _run.Clock.GetUtcNow());

    public Task PassAsync(TimeSpan time) => _run.AdvanceAsync(time);

    /// <summary>Lets days pass, in steps that are short enough for every pause between attempts.</summary>
    public Task PassDaysAsync(int days) => _run.PassDaysAsync(days);

    /// <summary>Somebody changes the case, and then wakes its orchestration.</summary>
    public async Task DecideAndWakeAsync(Func<Termination, Decision> decide)
    {
        Decide(decide);
        await WakeAsync();
    }

    public async Task WakeAsync()
    {
        await _run.Client.RaiseEventAsync(Instance, IntentDispatcher.Wake, _run.Patience);
        await _run.SettleAsync();
    }

    /// <summary>Changes the case and tells nobody.</summary>
    public Termination Decide(Func<Termination, Decision> decide)
    {
        lock (_calls) return Case = Case.After(decide);
    }

    public async Task<bool> IsCompletedAsync(string instance = Instance) => (await _run.LookAsync(instance)).IsCompleted;

    public IReadOnlyList<HistoryEvent> History(string instance = Instance) => _run.Engine.ReadHistory(instance);

    /// <summary>The history of the one stage of that name.</summary>
    public Task<IReadOnlyList<HistoryEvent>> StageHistoryAsync(string stage) => _run.StageHistoryAsync($"{Instance}:{stage}-");

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private void Add(TestFunctions functions)
    {
        functions.WithCommonStages();
        functions.Orchestrator(nameof(RunTermination), Procedures.Of(RunTermination.RunAsync));
        functions.Orchestrator(nameof(PackageAccount), Procedures.Of(PackageAccount.RunAsync));
        functions.Orchestrator(nameof(PurgeAccount), Procedures.Of(PurgeAccount.RunAsync));
        functions.Orchestrator(nameof(EmptyAccount), Procedures.Of(EmptyAccount.RunAsync));
        functions.Orchestrator(nameof(EmptyDataSet), Procedures.Of(EmptyDataSet.RunAsync));
        functions.Orchestrator(nameof(StayEmpty), Procedures.Of(StayEmpty.RunAsync));

        Step<CaseStep, bool>(nameof(AskOwner), _ =>
        {
            Decide(TerminationDecisions.Ask);
            return MailsTomorrow-- > 0;
        });
        Look(nameof(DecideForCompany), state => TerminationDecisions.Confirm(state, isOwner: true, Effect));
        Look(nameof(ReadTermination), _ => Decision.Nothing);
        Look(nameof(GiveUpWaiting), state => TerminationDecisions.GiveUpWaiting(state, Now));
        Look(nameof(EndUndoWindow), state => TerminationDecisions.EndUndo(state, Now));
        Look(nameof(BeginPurge), state => TerminationDecisions.BeginPurge(state, _run.Clock.GetUtcNow()));
        Look(nameof(BeginPurgeInTurn), BeginInTurn);
        Step<CaseStep, bool>(
            nameof(BeginPurgeInTurn.PurgeHasBegun), _ => Decide(BeginInTurn).Status != TerminationStatus.AwaitingPurge);
        Step<CaseStep, TerminationInstants>(nameof(ReadTermination.ReadTerminationDates), _ => Case.Instants!);

        foreach (var mail in new[]
        {
            nameof(TellOwner.TellTerminated), nameof(TellOwner.TellUndone), nameof(TellOwner.TellNotConfirmed),
            nameof(TellOwner.TellEmptied), nameof(PackageServiceData.OfferServiceData),
        })
            Do(mail, _ => Decision.Nothing);

        Do(nameof(PackageServiceData), state => TerminationDecisions.Offer(state, new(2, 3, "ab", 1000), Now));
        Step<CaseStep, PackageState>(nameof(PackageServiceData.PackagePart), _ =>
        {
            if (NotTheirs-- > 0) return PackageState.NotNow;
            if (MoreParts-- > 0) return PackageState.More;
            Decide(state => TerminationDecisions.Offer(state, new(2, 3, "ab", 1000), Now));
            return PackageState.Done;
        });
        Do(nameof(DeleteServiceExport), ExportDecisions.NoteDeleted);
        Do(nameof(EscalatePurge), TerminationDecisions.Escalate);
        Do(nameof(CloseTermination), TerminationDecisions.Close);

        Step<CaseStep, PurgedSets>(nameof(EnterPurge), _ => new(["service-contacts", "service-files", "customer-accounts"]));
        Step<CaseStep, PurgedSets>(
            nameof(ListPurge), _ => new(["service-contacts", "service-files", "customer-accounts"]) { AtLast = ["directory"] });
        Step<PurgeStep, object?>(nameof(EnterPurge.EnterDataSet), step =>
        {
            _purges.Add(step);
            return null;
        });
        Step<PurgeStep, PurgedPart>(nameof(PurgeDataSet), step =>
        {
            _purges.Add(step);
            if (step.DataSet == "service-files" && (_isHeld = HeldLooks-- > 0)) return new(More: false) { Held = true };
            return new(MoreBatches-- > 0);
        });
        Step<CaseStep, PurgeEnd>(nameof(ReadTermination.ReadPurgeEnd), _ => new(Case.PurgedAt!.Value));
        Step<RescanStep, bool>(nameof(RescanAccount), _ => Search());
        Step<CaseStep, PurgeRest>(nameof(FinishPurge), _ => Rescan());
        Step<CaseStep, BackupsCheck>(
            nameof(CheckBackups.ScheduleBackupsCheck), _ => new(BackupsClock.CheckAt(Case.PurgedAt!.Value, Case.Id)));
        Step<CaseStep, bool>(nameof(CheckBackups), _ => BackupsLeft-- <= 0 && Decide(
            state => TerminationDecisions.NoteBackupsEmpty(state, new(2026, 4, 29), "ab")).Status == TerminationStatus.Emptied);
        Step<BrokenStep, object?>(nameof(NoteAttention), Shown.Note);
        Step<BrokenStep, object?>(nameof(NoteRecovery), Shown.TakeBack);

        void Look(string name, Func<Termination, Decision> decide) =>
            Step<CaseStep, TerminationStatus>(name, _ => Decide(decide).Status);

        void Do(string name, Func<Termination, Decision> decide) => Step<CaseStep, object?>(name, _ =>
        {
            Decide(decide);
            return null;
        });

        void Step<TIn, TOut>(string name, Func<TIn, TOut> act) => functions.Activity<TIn, TOut>(name, input =>
        {
            lock (_calls)
            {
                _calls.Add((name, Now));
                var failing = input is PurgeStep of && Failures.ContainsKey($"{name}:{of.DataSet}") ? $"{name}:{of.DataSet}" : name;
                var breaks = Breakdowns.Fails(name) | (input is PurgeStep at && Breakdowns.Fails($"{name}:{at.DataSet}"));
                if (Failures.GetValueOrDefault(failing) == 0 && !breaks) return act(input);
                if (!breaks) Failures[failing]--;
                throw new InvalidOperationException("It fails, as the test wants.");
            }
        });
    }

    private Decision BeginInTurn(Termination state) =>
        state.Status == TerminationStatus.AwaitingPurge && Now >= state.Instants!.PurgeFrom && Forerunners-- > 0
            ? TerminationDecisions.Defer(state, PurgeForerunner.AccessRequest)
            : TerminationDecisions.BeginPurge(state, Now);

    private bool Search()
    {
        if (!Searches.TryDequeue(out var isEmpty)) isEmpty = true;
        Decide(state => TerminationDecisions.NoteSearch(state, isEmpty ? [] : [new("service-files", 1)]));
        return isEmpty;
    }

    private PurgeRest Rescan()
    {
        if (_isHeld) return PurgeRest.Held;
        if (Rests.TryDequeue(out var rest) && rest != PurgeRest.Nothing) return rest;
        Decide(state => TerminationDecisions.NotePurged(state, _run.Clock.GetUtcNow()));
        return PurgeRest.Nothing;
    }
}
