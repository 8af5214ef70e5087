using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>
/// The data sets that a request searches: of those for which we are controller, the ones that its right covers. What customers entrusted
/// to us is theirs to answer for (T-PROCESSOR). None when the answer was made already: a workflow that began again makes no other one,
/// since somebody may be fetching it at this moment.
/// </summary>
internal sealed class ListDataSets(PackagedRights rights, CaseStore cases)
{
    public static readonly Step<CaseStep, DataSetList> Step = new(nameof(ListDataSets));

    [Function(nameof(ListDataSets))]
    public async Task<DataSetList> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var request = await cases.GetAsync<PackagedRequest>(step.CaseId, cancellation);
        return request.Status == CaseStatus.Confirmed ? new([.. rights.Of(request.Kind).Sets.Select(set => set.Id.Value)]) : new([]);
    }
}
