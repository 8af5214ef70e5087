using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Evidence;
using PrivacyFunctions.Policy;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// Destroys what goes with an account in one data set, batch by batch, unless a hold covers it, and never before its purge has
/// begun, nor once another account has the number. Each call ends after so many batches, so that a crash repeats little; what is
/// gone is not found again.
/// </summary>
internal sealed class PurgeDataSet(
    DataMapRegister map, CaseStore cases, AccountParts parts, PersonalDataSources sources, AccountHolds holds, ReusedNumber reused,
    EndingOwner owner, ErasureLedger ledger)
{
    private const int BatchesACall = 20;

    [Function(nameof(PurgeDataSet))]
    public async Task<PurgedPart> RunAsync([ActivityTrigger] PurgeStep step, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        if (!state.PurgeHasBegun) throw new TooEarlyException();
        var set = map[DataSetId.Parse(step.DataSet)];
        if (set.Ownership is not null) await owner.NoteAsync(state, cancellation); // the last moment at which that is known
        if (await parts.KeysAsync(state, set, cancellation) is not { } keys) return new(More: false);

        // One listing, from which is destroyed as it comes; what is decided meanwhile stops the next batch.
        var batches = 0;
        await foreach (var batch in sources.FindAsync(set, keys, cancellation).Chunk(PersonalDataSources.LargestBatch))
        {
            if (keys is AccountKeys && await reused.IsSoAsync(state, cancellation))
                return await reused.HasNothingLeftAsync(state, set, cancellation)
                    ? new(More: false)
                    : throw new NumberReusedException();
            if (await IsHeldAsync(step, state, set, cancellation)) return new(More: false) { Held = true };
            if (await parts.KeysAsync(state, set, cancellation) is null) return new(More: false);
            await sources.EraseAsync(set, keys, [.. batch.Select(item => item.Key)], cancellation);
            if (++batches == BatchesACall) return new(More: true);
        }

        await NotePurgedAsync(step, cancellation); // the re-scan finds what came meanwhile
        return new(More: false);
    }

    private async Task<bool> IsHeldAsync(PurgeStep step, Termination state, DataSet set, CancellationToken cancellation)
    {
        var covering = await holds.CoveringAsync(state, set, cancellation);
        if (covering.Count > 0) await NoteHeldAsync(step, covering, cancellation);
        return covering.Count > 0;
    }

    private async Task NoteHeldAsync(PurgeStep step, IEnumerable<Hold> held, CancellationToken cancellation)
    {
        foreach (var hold in held)
            await cases.ExecuteAsync<Termination>(
                step.CaseId, $"held-{step.DataSet}-{hold.Id}-{hold.ReviewOn:yyyyMMdd}", Actors.System,
                _ => new Decision.Change(new CaseFact.DataSetHeld(step.DataSet, hold.Ground, hold.Owner, hold.ReviewOn)),
                [], cancellation);
    }

    private async Task NotePurgedAsync(PurgeStep step, CancellationToken cancellation)
    {
        var items = await ledger.CompleteAsync(
            step.CaseId, new(step.DataSet, EnterPurge.Action, step.Plan), cancellation);
        await cases.ExecuteAsync<Termination>(
            step.CaseId, string.Join('-', ["purged", step.DataSet, .. step.Plan is { } plan ? [plan] : Array.Empty<string>()]),
            Actors.System,
            _ => items > 0 || step.Search == 0
                ? new Decision.Change(new CaseFact.DataSetPurged(step.DataSet, items))
                : Decision.Nothing, // a later search found nothing in it
            [], cancellation);
    }
}
