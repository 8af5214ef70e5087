using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// Deletes by what the person's data was found, and with it the salts: from then on nothing leads from what was anonymised,
/// or from a plan's digests, to the person.
/// </summary>
internal sealed class ForgetIdentifiers(ErasureVault vault)
{
    public static readonly Step<CaseStep> Step = new(nameof(ForgetIdentifiers));

    [Function(nameof(ForgetIdentifiers))]
    public Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation) =>
        vault.ForgetAsync(step.CaseId, cancellation);
}
