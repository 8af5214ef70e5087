using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>What the ledger says of a purge: how much of a data set is about to go, before any of it does.</summary>
internal sealed class PurgeLedger(PersonalDataSources sources, ErasureLedger ledger)
{
    /// <summary>What the ledger calls the destruction of a data set.</summary>
    public const string Action = "erase";

    /// <summary>
    /// Counts what goes and enters it, unless that was done. Whoever destroys asks for it, too: what goes with an owner's last account may
    /// have come to it since the purge began, when their other account ended.
    /// </summary>
    public async Task EnterAsync(Termination state, AccountPart part, PurgeStep step, CancellationToken cancellation)
    {
        if (await IsEnteredAsync(step, cancellation)) return;
        var items = 0L;
        await foreach (var _ in sources.FindAsync(part.Set, part.Keys, cancellation)) items++;
        await ledger.EnterAsync(
            new(state.Id, $"account-{state.Account}", step.DataSet, Action, Ground: null, items, step.Plan), cancellation);
    }

    /// <summary>Whether it was entered.</summary>
    public Task<bool> IsEnteredAsync(PurgeStep step, CancellationToken cancellation) =>
        ledger.IsEnteredAsync(step.CaseId, KeyOf(step), cancellation);

    /// <inheritdoc cref="ErasureLedger.CompleteAsync"/>
    public Task<long> CompleteAsync(PurgeStep step, CancellationToken cancellation) =>
        ledger.CompleteAsync(step.CaseId, KeyOf(step), cancellation);

    private static LedgerKey KeyOf(PurgeStep step) => new(step.DataSet, Action, step.Plan);
}
