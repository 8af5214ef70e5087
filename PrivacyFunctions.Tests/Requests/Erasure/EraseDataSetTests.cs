using PrivacyFunctions.Policy;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Erasure;

/// <summary>Nothing is destroyed unless the case itself says that it is its time.</summary>
[Clause("R-ERASE")]
public class EraseDataSetTests
{
    [Fact]
    public async Task Erase_OfACaseThatDoesNotCarryOutThePlan_DestroysNothing()
    {
        var records = await SharedRecords.OpenAsync();
        var id = await records.OpenCaseAsync();

        // What reads or destroys anything is not there: whatever was asked of it would be another failure.
        var step = new EraseDataSet(null!, records.Cases, null!, null!, null!, null!, null!, null!, null!, null!);

        await Assert.ThrowsAsync<TooEarlyException>(() => step.RunAsync(new(id, "a-plan", "profiles", 0), default));
    }
}
