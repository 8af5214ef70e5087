using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Sweeps;

/// <summary>
/// Starts the sweep of what is past its end at 02:00 UTC (K-SCHEDULE), once for each day: a row of ours decides. A day that was
/// missed needs no making up for, since the next sweep finds all that is past its end.
/// </summary>
internal sealed class SweepDaily(OnceRuns runs, LegalTime time)
{
    [Function(nameof(SweepDaily))]
    public async Task RunAsync(
        [TimerTrigger("0 0 2 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var day = DateOnly.FromDateTime((await time.NowAsync(cancellation)).UtcDateTime);
        var run = SweepInput.InstanceOf(day);
        if (!await runs.BeginAsync(run, cancellation)) return;
        await client.StartOnceAsync(
            nameof(SweepRetention), run, new SweepInput(SweepInput.CurrentVersion, day), cancellation);
    }
}
