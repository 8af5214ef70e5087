using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Counts what goes with the account, and enters it in the ledger before anything is destroyed. Repeated, it keeps the first
/// counts.
/// </summary>
internal sealed class EnterPurge(DataMapRegister map, CaseStore cases, AccountParts parts, PurgeLedger ledger)
{
    public static readonly Step<CaseStep, PurgedSets> Step = new(nameof(EnterPurge));
    public static readonly Step<PurgeStep> EnterDataSetStep = new(nameof(EnterDataSet));

    /// <summary>All data sets at once, for a purge that began before each had a stage of its own.</summary>
    [Function(nameof(EnterPurge))]
    public async Task<PurgedSets> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var state = await BegunAsync(step.CaseId, cancellation);
        var all = await parts.ListAsync(state, cancellation);
        foreach (var part in all) await ledger.EnterAsync(state, part, new(step.CaseId, part.Set.Id.Value), cancellation);
        return new([.. all.Select(part => part.Set.Id.Value)]);
    }

    /// <summary>One data set.</summary>
    [Function(nameof(EnterDataSet))]
    public async Task EnterDataSet([ActivityTrigger] PurgeStep step, CancellationToken cancellation)
    {
        var state = await BegunAsync(step.CaseId, cancellation);
        if (!map.TryGet(step.DataSet, out var set)) return; // it has left the map, and nobody knows how to reach it
        if (await parts.KeysAsync(state, set, cancellation) is { } keys)
            await ledger.EnterAsync(state, new(set, keys), step, cancellation);
    }

    private async Task<Termination> BegunAsync(CaseId id, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<Termination>(id, cancellation);
        return state.PurgeHasBegun ? state : throw new TooEarlyException();
    }
}
