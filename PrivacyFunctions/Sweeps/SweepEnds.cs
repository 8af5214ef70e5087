using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Sweeps;

/// <summary>
/// The beginning and the end of a day's sweep. At its end our own proof of sweeps and other dated jobs goes that is three years old,
/// like the record of a case, and so do the notes of what the officer was told about no case (K-SCHEDULE).
/// </summary>
internal sealed class SweepEnds(SweptSets sets, SweepReports reports, OnceRuns runs, CaseMails mails, TimeProvider time)
{
    public static readonly Step<SweepDay, SweepList> ListSweptSetsStep = new(nameof(ListSweptSets));
    public static readonly Step<SweepDay> EndSweepStep = new(nameof(EndSweep));

    private const int YearsKept = 3;

    [Function(nameof(ListSweptSets))]
    public SweepList ListSweptSets([ActivityTrigger] SweepDay day) => new([.. sets.All.Select(set => set.Id.Value)]);

    [Function(nameof(EndSweep))]
    public async Task EndSweep([ActivityTrigger] SweepDay day, CancellationToken cancellation)
    {
        await reports.ForgetAsync(day.Day.AddYears(-YearsKept), cancellation);
        await mails.ForgetOthersAsync(time.GetUtcNow().AddYears(-YearsKept), cancellation);
        await runs.ForgetAsync(time.GetUtcNow().AddYears(-YearsKept), cancellation);
        await runs.EndAsync(SweepInput.InstanceOf(day.Day), cancellation);
    }
}
