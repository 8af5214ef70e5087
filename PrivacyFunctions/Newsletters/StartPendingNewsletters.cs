using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace PrivacyFunctions.Newsletters;

/// <summary>Starts, once a minute, campaigns that a crash left stored but not started.</summary>
internal sealed class StartPendingNewsletters(NewsletterStarts starts, TimeProvider time, ILogger<StartPendingNewsletters> log)
{
    private static readonly TimeSpan LeftByACrash = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan NeverStored = TimeSpan.FromHours(1);

    [Function(nameof(StartPendingNewsletters))]
    public async Task RunAsync(
        [TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await foreach (var (id, at) in starts.OlderThanAsync(now - LeftByACrash, cancellation))
        {
            try
            {
                if (!await starts.StartAsync(client, id, cancellation) && at < now - NeverStored)
                    await starts.ForgetAsync(id, cancellation);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                // It keeps its hint and must not keep the others waiting.
                log.LogError("Campaign {Campaign} cannot be started yet: {Kind}", id, failure.GetType().Name);
            }
        }
    }
}
