using Microsoft.DurableTask;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Cases;

/// <summary>
/// The procedure of a case: a step that does not work is shown on the case as needing attention, and a wait reads the case row
/// whenever it is woken.
/// </summary>
internal abstract class CaseProcedure(TaskOrchestrationContext context, CaseId id, LegalClock clock) : Procedure
{
    // Created once and kept until it completes: a cancelled wait could swallow the event of the next one.
    private Task? _wake;

    /// <summary>The legal instant of this turn.</summary>
    public DateTimeOffset LegalNow => clock.At(Context.CurrentUtcDateTime);

    /// <summary>The orchestration.</summary>
    protected TaskOrchestrationContext Context => context;

    /// <summary>The case.</summary>
    protected CaseId Id => id;

    /// <summary>The legal clock that the case was started with.</summary>
    protected LegalClock Clock => clock;

    /// <summary>The procedure of an orchestration that was started with that version of its input.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="id">The case.</param>
    /// <param name="clock">The legal clock.</param>
    /// <param name="version">What the input says.</param>
    /// <param name="scope">Tells this run from the other ones of the same instance; null if there is one only.</param>
    public static CaseProcedure Of(
        TaskOrchestrationContext context, CaseId id, LegalClock clock, string version, string? scope = null) =>
        WorkflowVersion.IsFirst(version)
            ? new FirstProcedure(context, id, clock, scope)
            : new BoundedProcedure(context, id, clock, version, scope);

    /// <summary>Asks until the answer is yes, however long it takes.</summary>
    public abstract Task UntilTrueAsync(Question question);

    /// <summary>Asks once.</summary>
    public Task<bool> AskAsync(Question question) => CarryOutAsync<bool>(question.Call);

    /// <summary>Waits for a legal instant.</summary>
    /// <param name="legal">Legal time.</param>
    /// <param name="cancellation">Gives up the wait; a wait that is not needed any more keeps the orchestration open.</param>
    public Task UntilAsync(DateTimeOffset legal, CancellationToken cancellation = default) =>
        TimerAt(clock.Arrives(legal).UtcDateTime, cancellation);

    /// <summary>Waits for a span of legal time.</summary>
    public Task PauseAsync(TimeSpan legal) => UntilAsync(LegalNow + legal);

    /// <summary>Waits while the case has that status, until the legal instant at the latest.</summary>
    /// <param name="look">The step that is asked for the status whenever something wakes the case; it may act on it.</param>
    /// <param name="status">The status that waits.</param>
    /// <param name="until">Legal time.</param>
    /// <returns>The status that ended the wait, or the same one when the time is over.</returns>
    public async Task<TStatus> WhileAsync<TStatus>(Step<CaseStep, TStatus> look, TStatus status, DateTimeOffset until)
        where TStatus : struct, Enum
    {
        using var early = new CancellationTokenSource();
        var timer = UntilAsync(until, early.Token);
        TStatus now;
        do
        {
            // Each turn takes up a wake: of a commit on the case, which people bound, or of a quarterly cleanup.
            if (await Task.WhenAny(NextWake, timer) == _wake) _wake = null;
            now = await DoAsync(look, new CaseStep(id));
        }
        while (now.Equals(status) && !timer.IsCompleted);

        if (!timer.IsCompleted) early.Cancel();
        return now;
    }

    /// <summary>Waits for a stage that runs as an instance of its own; what wakes the case meanwhile wakes the stage.</summary>
    /// <param name="stage">The stage's instance.</param>
    /// <param name="running">The stage.</param>
    protected async Task<T> WithWakesAsync<T>(string stage, Task<T> running)
    {
        while (!running.IsCompleted)
            if (await Task.WhenAny(running, NextWake) == _wake)
            {
                _wake = null;
                context.SendEvent(stage, IntentDispatcher.Wake, new object());
            }

        return await running;
    }

    /// <summary>A timer.</summary>
    protected abstract Task TimerAt(DateTime due, CancellationToken cancellation);

    private Task NextWake => _wake ??= context.WaitForExternalEvent<object?>(IntentDispatcher.Wake);
}
