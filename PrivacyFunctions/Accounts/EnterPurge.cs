using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Evidence;
using PrivacyFunctions.Policy;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// Counts what goes with the account, and enters it in the ledger before anything is destroyed. Repeated, it keeps the first
/// counts.
/// </summary>
internal sealed class EnterPurge(
    DataMapRegister map, CaseStore cases, AccountParts parts, PersonalDataSources sources, ErasureLedger ledger)
{
    /// <summary>What the ledger calls the destruction of a data set.</summary>
    public const string Action = "erase";

    /// <summary>All data sets at once, for a purge that began before each had a stage of its own.</summary>
    [Function(nameof(EnterPurge))]
    public async Task<PurgedSets> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var state = await BegunAsync(step.CaseId, cancellation);
        var all = await parts.ListAsync(state, cancellation);
        foreach (var part in all) await EnterAsync(state, part, new(step.CaseId, part.Set.Id.Value), cancellation);
        return new([.. all.Select(part => part.Set.Id.Value)]);
    }

    /// <summary>One data set.</summary>
    [Function(nameof(EnterDataSet))]
    public async Task EnterDataSet([ActivityTrigger] PurgeStep step, CancellationToken cancellation)
    {
        var state = await BegunAsync(step.CaseId, cancellation);
        var set = map[DataSetId.Parse(step.DataSet)];
        if (await parts.KeysAsync(state, set, cancellation) is { } keys) await EnterAsync(state, new(set, keys), step, cancellation);
    }

    private async Task<Termination> BegunAsync(Domain.CaseId id, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<Termination>(id, cancellation);
        return state.PurgeHasBegun ? state : throw new TooEarlyException();
    }

    private async Task EnterAsync(Termination state, AccountPart part, PurgeStep step, CancellationToken cancellation)
    {
        var items = 0L;
        await foreach (var _ in sources.FindAsync(part.Set, part.Keys, cancellation)) items++;
        await ledger.EnterAsync(
            new(state.Id, $"account-{state.Account}", step.DataSet, Action, Ground: null, items, step.Plan), cancellation);
    }
}
