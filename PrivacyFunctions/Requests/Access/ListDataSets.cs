using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Access;

/// <summary>
/// The data sets that an access request searches: those for which we are controller, our own records of the person among them. What customers entrusted to us is
/// theirs to answer for (T-PROCESSOR). None when the answer was made already: a workflow that began again makes no other one, since
/// somebody may be fetching it at this moment.
/// </summary>
internal sealed class ListDataSets(DataMapRegister map, CaseStore cases)
{
    public static readonly Step<CaseStep, DataSetList> Step = new(nameof(ListDataSets));

    [Function(nameof(ListDataSets))]
    public async Task<DataSetList> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation) =>
        (await cases.GetAsync<AccessRequest>(step.CaseId, cancellation)).Status == CaseStatus.Confirmed
            ? new([.. map.Told.Select(set => set.Id.Value)])
            : new([]);
}
