using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Reads the truth, which an orchestration does whenever something wakes it. It is the first step after the person's confirmation.
/// </summary>
internal sealed class ReadCaseStatus(CaseStore cases, UponProof proof)
{
    public static readonly Step<CaseStep, CaseStatus> Step = new(nameof(ReadCaseStatus));

    [Function(nameof(ReadCaseStatus))]
    public async Task<CaseStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var read = await cases.GetAsync<SubjectRequest>(step.CaseId, cancellation);
        await proof.FollowAsync(read, cancellation);
        return read.Status;
    }
}
