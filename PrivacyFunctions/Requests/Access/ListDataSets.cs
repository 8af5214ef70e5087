using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Requests.Access;

/// <summary>
/// The data sets that an access request searches: those for which we are controller, our own records of the person among them. What customers entrusted to us is
/// theirs to answer for (T-PROCESSOR).
/// </summary>
internal sealed class ListDataSets(DataMapRegister map)
{
    [Function(nameof(ListDataSets))]
    public DataSetList Run([ActivityTrigger] CaseStep step) => new([.. map.Told.Select(set => set.Id.Value)]);
}
