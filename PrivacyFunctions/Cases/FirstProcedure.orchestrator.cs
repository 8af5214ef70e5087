using Microsoft.DurableTask;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Cases;

/// <summary>
/// The procedure of orchestrations that were started with version 1. It stays as it was until the last of them is over: what
/// they have lived through is replayed with it. Repetitions are in the orchestration's own history, however many they are.
/// </summary>
internal sealed class FirstProcedure(TaskOrchestrationContext context, CaseId id, LegalClock clock, string? scope)
    : CaseProcedure(context, id, clock)
{
    // About a quarter of an hour, for what passes by itself.
    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(8, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(5)));

    // Noting that a step is broken needs the records alone; when even they are away, this waits for them for days.
    private static readonly TaskOptions UntilRecordsAreBack = TaskOptions.FromRetryPolicy(
        new RetryPolicy(1000, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromHours(1)));

    private static readonly TimeSpan ShortestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    private int _breakdowns;

    /// <inheritdoc/>
    public override async Task UntilTrueAsync(Question question)
    {
        if (await AskAsync(question)) return;
        var waiting = new BrokenStep(Id, question.Activity, ++_breakdowns, scope);
        await Context.CallAsync(NoteAttention.Step, waiting, UntilRecordsAreBack);
        do await PauseAsync(question.Pause);
        while (!await AskAsync(question));
        await Context.CallAsync(NoteRecovery.Step, waiting, UntilRecordsAreBack);
    }

    /// <inheritdoc/>
    protected override async Task<T> CarryOutAsync<T>(StepCall call, string? part = null)
    {
        BrokenStep? broken = null;
        for (var pause = ShortestPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var result = await Context.CallActivityAsync<T>(call.Activity, call.Input, Retries);
                if (broken is not null) await Context.CallAsync(NoteRecovery.Step, broken, UntilRecordsAreBack);
                return result;
            }
            catch (TaskFailedException)
            {
                // What failed is in the log of the activity; here counts that a person can see that something waits.
                broken = new(Id, part is null ? call.Activity : $"{call.Activity}/{part}", ++_breakdowns, scope);
                await Context.CallAsync(NoteAttention.Step, broken, UntilRecordsAreBack);
                await Context.CreateTimer(pause, CancellationToken.None);
            }
        }
    }

    /// <inheritdoc/>
    protected override Task TimerAt(DateTime due, CancellationToken cancellation) => Context.CreateTimer(due, cancellation);
}
