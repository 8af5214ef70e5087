using Microsoft.DurableTask;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Clock;

namespace PrivacyFunctions.Cases;

/// <summary>
/// How a case's orchestration works and waits: a step is retried, then shown as needing attention and tried again until it
/// works; a wait reads the case row whenever it is woken. Runs on the orchestrator's thread and is replayed with it.
/// </summary>
internal sealed class Procedure(
    TaskOrchestrationContext context, CaseId id, LegalClock clock, string? scope = null)
{
    // About a quarter of an hour, for what passes by itself.
    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(8, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(5)));

    // Noting that a step is broken needs the records alone; when even they are away, this waits for them for days.
    private static readonly TaskOptions UntilRecordsAreBack = TaskOptions.FromRetryPolicy(
        new RetryPolicy(1000, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromHours(1)));

    private static readonly TimeSpan ShortestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    // Created once and kept until it completes: a cancelled wait could swallow the event of the next one.
    private Task? _wake;
    private int _breakdowns;

    /// <summary>Carries out a step, however long it takes.</summary>
    public Task DoAsync(string activity, object input) => DoAsync<object?>(activity, input);

    /// <summary>Carries out a step, however long it takes, and returns what it came to.</summary>
    /// <param name="activity">The activity's name.</param>
    /// <param name="input">Ids only.</param>
    /// <param name="part">Which part of the step, where several run side by side.</param>
    public async Task<T> DoAsync<T>(string activity, object input, string? part = null)
    {
        BrokenStep? broken = null;
        for (var pause = ShortestPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var result = await context.CallActivityAsync<T>(activity, input, Retries);
                if (broken is not null) await context.CallActivityAsync(nameof(NoteRecovery), broken, UntilRecordsAreBack);
                return result;
            }
            catch (TaskFailedException)
            {
                // What failed is in the log of the activity; here counts that a person can see that something waits.
                broken = new(id, part is null ? activity : $"{activity}/{part}", ++_breakdowns, scope);
                await context.CallActivityAsync(nameof(NoteAttention), broken, UntilRecordsAreBack);
                await context.CreateTimer(pause, CancellationToken.None);
            }
        }
    }

    /// <summary>Waits for a legal instant.</summary>
    /// <param name="legal">Legal time.</param>
    /// <param name="cancellation">Gives up the wait; a wait that is not needed any more keeps the orchestration open.</param>
    public Task UntilAsync(DateTimeOffset legal, CancellationToken cancellation = default) => TimerAt(legal, cancellation);

    /// <summary>Waits for a span of legal time.</summary>
    public Task PauseAsync(TimeSpan legal) => TimerAt(clock.At(context.CurrentUtcDateTime) + legal, CancellationToken.None);

    /// <summary>Waits while the case has that status, until the legal instant at the latest.</summary>
    /// <param name="look">The activity that is asked for the status whenever something wakes the case; it may act on it.</param>
    /// <param name="status">The status that waits.</param>
    /// <param name="until">Legal time.</param>
    /// <returns>The status that ended the wait, or the same one when the time is over.</returns>
    public async Task<TStatus> WhileAsync<TStatus>(string look, TStatus status, DateTimeOffset until)
        where TStatus : struct, Enum
    {
        using var early = new CancellationTokenSource();
        var timer = TimerAt(until, early.Token);
#pragma warning disable DURABLE0011 // each turn takes up a wake, and each wake needs a commit on the case: the people bound it
        while (true)
        {
            _wake ??= context.WaitForExternalEvent<object?>(IntentDispatcher.Wake);
            if (await Task.WhenAny(_wake, timer) == _wake) _wake = null;

            var now = await DoAsync<TStatus>(look, new CaseStep(id));
            if (now.Equals(status) && !timer.IsCompleted) continue;
            if (!timer.IsCompleted) early.Cancel();
            return now;
        }
#pragma warning restore DURABLE0011
    }

    /// <summary>Asks a step until it says that it is so; from the first no on, the case shows that it waits for it.</summary>
    /// <param name="activity">Returns whether it is so.</param>
    /// <param name="input">Ids only.</param>
    /// <param name="pause">Between two asks, in legal time.</param>
    public async Task UntilTrueAsync(string activity, object input, TimeSpan pause)
    {
        if (await DoAsync<bool>(activity, input)) return;
        var waiting = new BrokenStep(id, activity, ++_breakdowns, scope);
        await context.CallActivityAsync(nameof(NoteAttention), waiting, UntilRecordsAreBack);
        do await PauseAsync(pause);
        while (!await DoAsync<bool>(activity, input));
        await context.CallActivityAsync(nameof(NoteRecovery), waiting, UntilRecordsAreBack);
    }

    private Task TimerAt(DateTimeOffset legal, CancellationToken cancellation) =>
        context.CreateTimer(clock.Arrives(legal).UtcDateTime, cancellation);
}
