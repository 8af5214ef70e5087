using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Scans every data set that goes with the account again. Only when nothing of it is left is the active database called
/// empty, and the backups' month begins.
/// </summary>
internal sealed class FinishPurge(
    CaseStore cases, AccountParts parts, PersonalDataSources sources, AccountHolds holds, ReusedNumber reused, DueIndex due,
    LegalTime time)
{
    public static readonly Step<CaseStep, PurgeRest> Step = new(nameof(FinishPurge));

    [Function(nameof(FinishPurge))]
    public async Task<PurgeRest> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        var rest = await ScanAsync(state, cancellation);
        if (rest != PurgeRest.Nothing) return rest;

        var now = await time.NowAsync(cancellation);
        await cases.ExecuteAsync<Termination>(
            step.CaseId, Command(state), Actors.System, found => TerminationDecisions.NotePurged(found, now), [], cancellation);
        await due.RemoveAsync(state.Dates!.PurgeOn, step.CaseId, cancellation);
        return PurgeRest.Nothing;
    }

    private async Task<PurgeRest> ScanAsync(Termination state, CancellationToken cancellation)
    {
        var rest = PurgeRest.Nothing;
        foreach (var part in await parts.ListAsync(state, cancellation))
            if (await HoldsAnyAsync(part, cancellation))
            {
                if (part.Keys is AccountKeys && await reused.IsSoAsync(state, cancellation)
                    && await reused.HasNothingLeftAsync(state, part.Set, cancellation)) continue;
                if ((await holds.CoveringAsync(state, part.Set, cancellation)).Count == 0) return PurgeRest.Items;
                rest = PurgeRest.Held;
            }

        return rest;
    }

    private async Task<bool> HoldsAnyAsync(AccountPart part, CancellationToken cancellation)
    {
        await foreach (var _ in sources.FindAsync(part.Set, part.Keys, cancellation)) return true;
        return false;
    }

    // Each purge of leftovers ends once, too.
    private static string Command(Termination state) => state.PurgedAt is { } before
        ? string.Create(CultureInfo.InvariantCulture, $"purged-after-{before.UtcDateTime:yyyyMMdd'T'HHmmss}")
        : "purged";
}
