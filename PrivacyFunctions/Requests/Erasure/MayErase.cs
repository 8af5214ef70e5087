using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// Whether no other request of the person has to be answered before anything is erased, and a hold that an erasure waits for is
/// released.
/// </summary>
internal sealed class MayErase(CaseStore cases, ErasureSubjects subjects, PersonProtections protections)
{
    public static readonly Step<CaseStep, bool> Step = new(nameof(MayErase));

    [Function(nameof(MayErase))]
    public async Task<bool> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var who = await subjects.ReadAsync(step.CaseId, cancellation);
        return !await protections.AnotherGoesFirstAsync(who.Now, cancellation)
            && !ErasureRules.IsStillHeld(
                await cases.GetAsync<ErasureRequest>(step.CaseId, cancellation), await protections.OfAsync(who.Now, cancellation));
    }
}
