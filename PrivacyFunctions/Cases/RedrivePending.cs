using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Cases;

/// <summary>
/// Takes up, once a minute, what a crash left between a commit and what had to follow it: a case whose orchestration was
/// not started or not woken. A hint that no commit followed is removed after an hour, with the address and the words kept for it.
/// </summary>
internal sealed class RedrivePending(
    PendingHints hints, CaseStore cases, Contacts contacts, People people, Statements statements, IntentDispatcher dispatcher, TimeProvider time,
    ILogger<RedrivePending> log)
{
    private static readonly TimeSpan LeftByACrash = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan NeverCommitted = TimeSpan.FromHours(1);

    [Function(nameof(RedrivePending))]
    public async Task RunAsync(
        [TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await foreach (var hint in hints.OlderThanAsync(now - LeftByACrash, cancellation))
            await TryTakeUpAsync(hint, client, now, cancellation);
    }

    // One that cannot be taken up yet keeps its hint and must not keep the others waiting.
    private async Task TryTakeUpAsync(Hint hint, DurableTaskClient client, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            await TakeUpAsync(hint, client, now, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogError("Case {Case} cannot be taken up yet: {Kind}", hint.Case, failure.GetType().Name);
        }
    }

    private async Task TakeUpAsync(Hint hint, DurableTaskClient client, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await cases.FindAsync(hint.Case, cancellation) is { Case: var found })
        {
            // Kept by a late repetition; unless its workflow still has to hear of the end, and to tell the person.
            if (found.IsClosed && (await cases.IntentsAsync(hint.Case, cancellation)).Count == 0)
                await contacts.ForgetAsync(hint.Case, cancellation);
            log.LogInformation("Case {Case} is taken up again", hint.Case);
            await dispatcher.DispatchAsync(client, hint.Case, cancellation);
        }
        else if (hint.At < now - NeverCommitted)
        {
            if (await contacts.FindAsync(hint.Case, cancellation) is { } contact) await people.ForgetAsync(contact.Address, hint.Case, cancellation);
            await contacts.ForgetAsync(hint.Case, cancellation);
            await statements.ForgetAsync(hint.Case, cancellation);
            await hints.RemoveAsync(hint, cancellation);
        }
    }
}
