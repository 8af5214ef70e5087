using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.Cases;

/// <summary>
/// Deletes every night the histories of workflows that are over and began more than 400 days ago (K-SCHEDULE). A case's record tells what was
/// done; its history holds references only, and is of use to whoever looks for a fault. What has failed stays until somebody begins
/// it again.
/// </summary>
internal sealed class ForgetHistories(TimeProvider time)
{
    private const int KeptDays = 400; // longer than any clean-up or hold review takes to show a fault

    private static readonly DateTimeOffset Ever = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero); // without a beginning a store may refuse
    private static readonly OrchestrationRuntimeStatus[] Over = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Terminated];

    [Function(nameof(ForgetHistories))]
    public Task RunAsync(
        [TimerTrigger("0 0 1 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Ever, time.GetUtcNow().AddDays(-KeptDays), Over), cancellation);
}
