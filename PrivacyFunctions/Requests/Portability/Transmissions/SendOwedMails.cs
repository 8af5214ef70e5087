using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace PrivacyFunctions.Requests.Portability.Transmissions;

/// <summary>
/// Sends every minute the mails about transmissions that are owed: that a package was handed over, so that no download waits for the mail provider,
/// and what a crash or an outage kept back.
/// </summary>
internal sealed class SendOwedMails(OwedMails owed, TransmissionMails mails, ILogger<SendOwedMails> log)
{
    [Function(nameof(SendOwedMails))]
    public async Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        await foreach (var entry in owed.ReadAsync(cancellation))
        {
            try
            {
                await mails.SendAsync(entry.Case, cancellation);
                await owed.SettleAsync(entry, cancellation);
            }
            // One that cannot be sent now must not keep the others; the next minute tries again.
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                log.LogWarning("A mail about a transmission of case {Case} did not go out: {Kind}", entry.Case, failure.GetType().Name);
            }
        }
    }
}
