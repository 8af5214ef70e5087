using Microsoft.Azure.Functions.Worker;

namespace PrivacyFunctions.Requests.SignIns;

/// <summary>Deletes every night what is no longer needed to know a sign-in that is sent again.</summary>
internal sealed class ForgetSignIns(UsedSignIns used)
{
    [Function(nameof(ForgetSignIns))]
    public Task RunAsync([TimerTrigger("0 10 1 * * *")] TimerInfo timer, CancellationToken cancellation) => used.ForgetOldAsync(cancellation);
}
