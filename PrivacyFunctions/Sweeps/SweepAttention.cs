using PrivacyFunctions.Cases;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Sweeps;

/// <summary>
/// Shows what a person has to look at, in a report and to the Data Protection Officer: once for as long as it stays so from day to
/// day.
/// </summary>
internal sealed class SweepAttention(SweepReports reports, OfficerMails officer)
{
    /// <summary>The report of a sweep that could not go on, to be stored.</summary>
    public async Task<SweepReport> BreakAsync(SweepReport report, CancellationToken cancellation)
    {
        var since = await SinceAsync(report, cancellation);
        await TellAsync(report, "broken", since, new SweepBroken(report.DataSet, since), cancellation);
        return Shown(report, since);
    }

    /// <summary>The report of a sweep that came to its end, to be stored: it shows if some records were not dealt with.</summary>
    public async Task<SweepReport> EndAsync(SweepReport report, CancellationToken cancellation)
    {
        if (report.Counts.Failed == 0) return report with { BrokenSince = null };
        var since = await SinceAsync(report, cancellation);
        await TellAsync(report, "left", since, new SweepLeft(report.DataSet, report.Counts.Failed, report.Day), cancellation);
        return Shown(report, since);
    }

    private static SweepReport Shown(SweepReport report, DateOnly since) =>
        report with { Attention = nameof(SweepPart), BrokenSince = since };

    private async Task<DateOnly> SinceAsync(SweepReport report, CancellationToken cancellation) =>
        (await reports.FindAsync(report.Day.AddDays(-1), report.DataSet, cancellation))?.BrokenSince ?? report.Day;

    private Task TellAsync(SweepReport report, string what, DateOnly since, OfficerDraft letter, CancellationToken cancellation) =>
        officer.TellOnceAsync(
            $"retention-{report.DataSet}", FormattableString.Invariant($"{what}-{since:yyyyMMdd}"), letter, cancellation);
}
