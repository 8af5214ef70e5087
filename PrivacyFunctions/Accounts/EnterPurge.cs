using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Records;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Evidence;
using PrivacyFunctions.Policy;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// Counts what the account holds in every data set that goes with it, and enters it in the ledger before anything is
/// destroyed. Repeated, it keeps the first counts.
/// </summary>
internal sealed class EnterPurge(DataMapRegister map, CaseStore cases, PersonalDataSources sources, ErasureLedger ledger)
{
    /// <summary>What the ledger calls the destruction of a data set.</summary>
    public const string Action = "erase";

    [Function(nameof(EnterPurge))]
    public async Task<PurgedSets> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        if (!state.PurgeHasBegun) throw new TooEarlyException();

        var account = state.Account;
        foreach (var set in map.PurgedWithAccount)
        {
            var items = await CountAsync(set, account, cancellation);
            await ledger.EnterAsync(
                new(step.CaseId, $"account-{account}", set.Id.Value, Action, Ground: null, items, Plan: null), cancellation);
        }

        return new([.. map.PurgedWithAccount.Select(set => set.Id.Value)]);
    }

    private async Task<long> CountAsync(DataSet set, Domain.AccountId account, CancellationToken cancellation)
    {
        var items = 0L;
        await foreach (var _ in sources.FindAsync(set, new AccountKeys(account), cancellation)) items++;
        return items;
    }
}
