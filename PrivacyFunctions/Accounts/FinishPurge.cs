using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Records;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Policy;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// Scans every data set that goes with the account again. Only when nothing of it is left is the active database called
/// empty, and the backups' month begins.
/// </summary>
internal sealed class FinishPurge(
    DataMapRegister map, CaseStore cases, PersonalDataSources sources, AccountHolds holds, DueIndex due, LegalTime time)
{
    [Function(nameof(FinishPurge))]
    public async Task<PurgeRest> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        var rest = PurgeRest.Nothing;
        foreach (var set in map.PurgedWithAccount)
            if (await HoldsAnyAsync(set, state, cancellation))
            {
                if ((await holds.CoveringAsync(state, set, cancellation)).Count == 0) return PurgeRest.Items;
                rest = PurgeRest.Held;
            }

        if (rest != PurgeRest.Nothing) return rest;

        var now = await time.NowAsync(cancellation);
        await cases.ExecuteAsync<Termination>(
            step.CaseId, "purged", Actors.System, found => TerminationDecisions.NotePurged(found, now), [], cancellation);
        await due.RemoveAsync(state.Dates!.PurgeOn, step.CaseId, cancellation);
        return PurgeRest.Nothing;
    }

    private async Task<bool> HoldsAnyAsync(DataSet set, Termination state, CancellationToken cancellation)
    {
        await foreach (var _ in sources.FindAsync(set, new AccountKeys(state.Account), cancellation)) return true;
        return false;
    }
}
