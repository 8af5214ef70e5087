using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Lists the data sets of which something may go with the account. Each goes on its own, and finds out by itself what of it goes; only
/// the directory waits for the others.
/// </summary>
internal sealed class ListPurge(CaseStore cases, AccountParts parts)
{
    public static readonly Step<CaseStep, PurgedSets> Step = new(nameof(ListPurge));

    [Function(nameof(ListPurge))]
    public async Task<PurgedSets> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        if (!state.PurgeHasBegun) throw new TooEarlyException();

        var all = await parts.SetsAsync(state, cancellation);
        return new([.. Named(all.Where(set => set.Identity is null))]) { AtLast = [.. Named(all.Where(set => set.Identity is not null))] };
    }

    private static IEnumerable<string> Named(IEnumerable<DataSet> sets) => sets.Select(set => set.Id.Value);
}
