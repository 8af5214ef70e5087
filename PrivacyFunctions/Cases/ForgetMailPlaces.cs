using Microsoft.Azure.Functions.Worker;

namespace PrivacyFunctions.Cases;

/// <summary>Deletes every night what is no longer needed to count the mails to a mailbox.</summary>
internal sealed class ForgetMailPlaces(MailAllowance allowance)
{
    [Function(nameof(ForgetMailPlaces))]
    public Task RunAsync([TimerTrigger("0 0 1 * * *")] TimerInfo timer, CancellationToken cancellation) =>
        allowance.ForgetOldAsync(cancellation);
}
