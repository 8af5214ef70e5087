using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests;

namespace PrivacyFunctions.Operations;

/// <summary>
/// Takes up, once a minute, what a crash left between a commit and what had to follow it: a case whose orchestration was
/// not started or not woken. A hint that no commit followed is removed after an hour, with the address kept for it.
/// </summary>
internal sealed class RedrivePending(
    PendingHints hints, CaseStore cases, Contacts contacts, IntentDispatcher dispatcher, TimeProvider time, ILogger<RedrivePending> log)
{
    private static readonly TimeSpan LeftByACrash = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan NeverCommitted = TimeSpan.FromHours(1);

    [Function(nameof(RedrivePending))]
    public async Task RunAsync(
        [TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        foreach (var shard in PendingHints.Shards)
            await foreach (var hint in hints.OlderThanAsync(shard, now - LeftByACrash, cancellation))
                await TakeUpAsync(hint, client, now, cancellation);
    }

    private async Task TakeUpAsync(Hint hint, DurableTaskClient client, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await cases.FindAsync(hint.Case, cancellation) is not null)
        {
            log.LogInformation("Case {Case} is taken up again", hint.Case);
            await dispatcher.DispatchAsync(client, hint.Case, cancellation);
        }
        else if (hint.At < now - NeverCommitted)
        {
            await contacts.ForgetAsync(hint.Case, cancellation);
            await hints.RemoveAsync(hint, cancellation);
        }
    }
}
