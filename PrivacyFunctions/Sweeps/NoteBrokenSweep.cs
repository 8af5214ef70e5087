using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Clock;

namespace PrivacyFunctions.Sweeps;

/// <summary>
/// Shows that a data set could not be swept, in its report and to the Data Protection Officer: once for as long as it stays
/// broken from day to day.
/// </summary>
internal sealed class NoteBrokenSweep(
    SweepReports reports, SweepAttention attention, LegalTime time, ILogger<NoteBrokenSweep> log)
{
    public static readonly Step<SweepStep> Step = new(nameof(NoteBrokenSweep));

    [Function(nameof(NoteBrokenSweep))]
    public async Task RunAsync([ActivityTrigger] SweepStep step, CancellationToken cancellation)
    {
        log.LogError("The data set {DataSet} could not be swept on {Day}", step.DataSet, step.Day);
        var report = await reports.OpenAsync(step, await time.NowAsync(cancellation), cancellation);
        var shown = await attention.BreakAsync(report, cancellation);
        if (report.EndedAt is null) await reports.SaveAsync(shown, new Dictionary<Protector, int>(), cancellation);
    }
}
