using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Destroys what goes with an account in one data set, batch by batch, unless a hold covers it, and never before its purge has
/// begun, nor once another account has the number. Each call ends after so many of them, so that a crash repeats little; what is
/// gone is not found again.
/// </summary>
/// <remarks>
/// Batches are destroyed a few side by side, after one look at the holds. It sees every hold that was placed before, because it
/// reads the holds themselves, of the account and of its owner under all addresses of this moment: a mark that a hold leaves when it
/// is placed would be missed if it came before the hold's own row and was read in between, or after it and a crash kept it from
/// coming. And all batches that it speaks for begin at once, so that a hold which comes later finds them under way: the next ones are
/// not begun.
/// </remarks>
internal sealed class PurgeDataSet(
    DataMapRegister map, CaseStore cases, AccountParts parts, PersonalDataSources sources, AccountHolds holds, ReusedNumber reused,
    EndingOwner owner, PurgeLedger ledger)
{
    public static readonly Step<PurgeStep, PurgedPart> Step = new(nameof(PurgeDataSet));

    private const int LooksACall = 20;

    [Function(nameof(PurgeDataSet))]
    public async Task<PurgedPart> RunAsync([ActivityTrigger] PurgeStep step, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        if (!state.PurgeHasBegun) throw new TooEarlyException();
        if (!map.TryGet(step.DataSet, out var set)) return new(More: false); // it has left the map, and nobody knows how to reach it
        if (set.Ownership is not null) await owner.NoteAsync(state, cancellation); // the last moment at which that is known
        if (await parts.KeysAsync(state, set, cancellation) is not { } keys) return new(More: false);
        await ledger.EnterAsync(state, new(set, keys), step, cancellation);

        // One listing, from which is destroyed as it comes; what is decided meanwhile stops what comes next.
        var looks = 0;
        var largest = PersonalDataSources.LargestErasure(set, keys);
        await foreach (var items in sources.FindAsync(set, keys, cancellation).Chunk(largest))
        {
            if (await StopAsync(step, state, set, keys, cancellation) is { } stopped) return stopped;
            await sources.EraseAsync(set, keys, [.. items.Select(item => item.Key)], cancellation);
            if (++looks == LooksACall) return new(More: true);
        }

        await NotePurgedAsync(step, cancellation); // the re-scan finds what came meanwhile
        return new(More: false);
    }

    /// <summary>Looks immediately before something is destroyed, at all that may forbid it together.</summary>
    /// <returns>Null when nothing does.</returns>
    private async Task<PurgedPart?> StopAsync(
        PurgeStep step, Termination state, DataSet set, DataKeys keys, CancellationToken cancellation)
    {
        var isReused = keys is AccountKeys ? reused.IsSoAsync(state, cancellation) : Task.FromResult(false);
        var covering = holds.CoveringAsync(state, set, cancellation);
        var stillGoes = parts.KeysAsync(state, set, cancellation);
        await Task.WhenAll(isReused, covering, stillGoes);
        if (await isReused)
            return await reused.HasNothingLeftAsync(state, set, cancellation)
                ? new(More: false)
                : throw new NumberReusedException();
        if (await covering is { Count: > 0 } held)
        {
            await NoteHeldAsync(step, held, cancellation);
            return new(More: false) { Held = true };
        }

        return await stillGoes is null ? new(More: false) : null;
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
        var items = await ledger.CompleteAsync(step, cancellation);
        await cases.ExecuteAsync<Termination>(
            step.CaseId, string.Join('-', ["purged", step.DataSet, .. step.Plan is { } plan ? [plan] : Array.Empty<string>()]),
            Actors.System,
            _ => items > 0 || step.Search == 0
                ? new Decision.Change(new TerminationFact.DataSetPurged(step.DataSet, items))
                : Decision.Nothing, // a later search found nothing in it
            [], cancellation);
    }
}
