using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Policy;

namespace PrivacyFunctions.Sweeps;

/// <summary>
/// Shows that a data set could not be swept, in its report and to the Data Protection Officer: once for as long as it stays
/// broken from day to day.
/// </summary>
internal sealed class NoteBrokenSweep(
    SweepReports reports, OfficerMails officer, LegalTime time, ILogger<NoteBrokenSweep> log)
{
    [Function(nameof(NoteBrokenSweep))]
    public async Task RunAsync([ActivityTrigger] SweepStep step, CancellationToken cancellation)
    {
        log.LogError("The data set {DataSet} could not be swept on {Day}", step.DataSet, step.Day);
        var before = await reports.FindAsync(step.Day.AddDays(-1), step.DataSet, cancellation);
        var since = before?.BrokenSince ?? step.Day;
        var report = await reports.OpenAsync(step, await time.NowAsync(cancellation), cancellation);
        if (report.EndedAt is null)
            await reports.SaveAsync(
                report with { Attention = nameof(SweepPart), BrokenSince = since }, new Dictionary<Protector, int>(), cancellation);
        await officer.TellOnceAsync(
            $"retention-{step.DataSet}", FormattableString.Invariant($"broken-{since:yyyyMMdd}"),
            RetentionLetters.Broken(step.DataSet, since), cancellation);
    }
}
