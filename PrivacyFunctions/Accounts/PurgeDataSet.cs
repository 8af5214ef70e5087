using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Records;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Evidence;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// Destroys what an account holds in one data set, batch by batch, unless a hold covers it. Each call ends after so many
/// batches, so that a crash repeats little; what is gone is not found again.
/// </summary>
internal sealed class PurgeDataSet(
    DataMapRegister map, CaseStore cases, PersonalDataSources sources, Holds holds, ErasureLedger ledger)
{
    private const int BatchesACall = 20;

    [Function(nameof(PurgeDataSet))]
    public async Task<PurgedPart> RunAsync([ActivityTrigger] PurgeStep step, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        var set = map[DataSetId.Parse(step.DataSet)];
        var held = (await holds.OfAccountAsync(state.Account, cancellation)).Where(hold => hold.Covers(step.DataSet)).ToList();
        if (held.Count > 0)
        {
            await NoteHeldAsync(step, held, cancellation);
            return new(More: false);
        }

        var keys = new AccountKeys(state.Account);
        for (var batch = 0; batch < BatchesACall; batch++)
        {
            var items = await NextAsync(set, keys, cancellation);
            if (items.Count == 0)
            {
                await NotePurgedAsync(step, cancellation);
                return new(More: false);
            }

            await sources.EraseAsync(set, keys, items, cancellation);
        }

        return new(More: true);
    }

    private async Task<List<ItemKey>> NextAsync(DataSet set, AccountKeys keys, CancellationToken cancellation)
    {
        var items = new List<ItemKey>(PersonalDataSources.LargestBatch);
        await foreach (var found in sources.FindAsync(set, keys, cancellation))
        {
            items.Add(found.Key);
            if (items.Count == PersonalDataSources.LargestBatch) break;
        }

        return items;
    }

    private async Task NoteHeldAsync(PurgeStep step, IEnumerable<Hold> held, CancellationToken cancellation)
    {
        foreach (var hold in held)
            await cases.ExecuteAsync<Termination>(
                step.CaseId, $"held-{step.DataSet}-{hold.Id}", Actors.System,
                _ => new Decision.Change(new CaseFact.DataSetHeld(step.DataSet, hold.Ground, hold.Owner, hold.ReviewOn)),
                [], cancellation);
    }

    private async Task NotePurgedAsync(PurgeStep step, CancellationToken cancellation)
    {
        var items = await ledger.CompleteAsync(step.CaseId, step.DataSet, EnterPurge.Action, cancellation);
        await cases.ExecuteAsync<Termination>(
            step.CaseId, $"purged-{step.DataSet}", Actors.System,
            _ => new Decision.Change(new CaseFact.DataSetPurged(step.DataSet, items)), [], cancellation);
    }
}
