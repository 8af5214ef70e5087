using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>Whether no other request of the person has to be answered before anything is erased.</summary>
internal sealed class MayErase(ErasureSubjects subjects, PersonProtections protections)
{
    [Function(nameof(MayErase))]
    public async Task<bool> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var who = await subjects.ReadAsync(step.CaseId, cancellation);
        return !await protections.AnotherGoesFirstAsync(who.Now, cancellation);
    }
}
