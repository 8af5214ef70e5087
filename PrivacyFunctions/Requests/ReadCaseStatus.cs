using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests;

/// <summary>Reads the truth, which an orchestration does whenever something wakes it.</summary>
internal sealed class ReadCaseStatus(CaseStore cases)
{
    public static readonly Step<CaseStep, CaseStatus> Step = new(nameof(ReadCaseStatus));

    [Function(nameof(ReadCaseStatus))]
    public async Task<CaseStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation) =>
        (await cases.GetAsync<SubjectRequest>(step.CaseId, cancellation)).Status;
}
