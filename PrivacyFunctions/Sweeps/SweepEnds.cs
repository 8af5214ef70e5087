using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Sweeps;

/// <summary>The beginning and the end of a day's sweep.</summary>
internal sealed class SweepEnds(SweptSets sets, OnceRuns runs)
{
    [Function(nameof(ListSweptSets))]
    public SweepList ListSweptSets([ActivityTrigger] SweepDay day) => new([.. sets.All.Select(set => set.Id.Value)]);

    [Function(nameof(EndSweep))]
    public Task EndSweep([ActivityTrigger] SweepDay day, CancellationToken cancellation) =>
        runs.EndAsync(SweepInput.InstanceOf(day.Day), cancellation);
}
