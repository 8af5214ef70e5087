using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// What goes when an account ends (T-ACTIVE): everything that the map keeps for the account, and what it keeps about the account's
/// owner for as long as they have an account with us, if this was their last one.
/// </summary>
internal sealed class AccountParts(DataMapRegister map, CaseStore cases, EndingOwner owner)
{
    /// <summary>
    /// The data sets of which something may go, whatever stores are away. After the purge those about the owner are among them only
    /// if they went with it: what their other accounts have become since is not this case's.
    /// </summary>
    public async Task<IReadOnlyList<DataSet>> SetsAsync(Termination state, CancellationToken cancellation)
    {
        var purged = state.PurgedAt is null
            ? null
            : (await cases.AuditAsync(state.Id, cancellation)).Select(row => row.Entry.Fact).OfType<TerminationFact.DataSetPurged>()
                .Select(gone => gone.DataSet).ToHashSet();
        return
        [
            .. map.PurgedWithAccount, .. map.PurgedWithLastAccount.Where(set => purged?.Contains(set.Id.Value) is not false),
        ];
    }

    /// <summary>All parts that go, in the order in which they do: the directory, by which holds on the owner are found, is the last.</summary>
    public async Task<IReadOnlyList<AccountPart>> ListAsync(Termination state, CancellationToken cancellation)
    {
        var parts = new List<AccountPart>();
        foreach (var set in await SetsAsync(state, cancellation))
            if (await KeysAsync(state, set, cancellation) is { } keys) parts.Add(new(set, keys));
        return parts;
    }

    /// <summary>By what the part that goes is found; null when nothing of the set goes, as when the owner has another account.</summary>
    public async Task<DataKeys?> KeysAsync(Termination state, DataSet set, CancellationToken cancellation) => set.OfAccount is not null
        ? new AccountKeys(state.Account)
        : await owner.OfLastAccountAsync(state, await OwnerGoneSinceAsync(state, cancellation), cancellation);

    // When their entries of the directory went, which are the last to go: what it says of them later is new. By the real clock, like what
    // the company notes.
    private async Task<DateTimeOffset?> OwnerGoneSinceAsync(Termination state, CancellationToken cancellation) =>
        (await cases.AuditAsync(state.Id, cancellation)).Select(row => row.Entry)
            .Where(entry => entry.Fact is TerminationFact.DataSetPurged { Items: > 0 } gone && gone.DataSet == map.Directory.Id.Value)
            .Min(entry => (DateTimeOffset?)entry.At);
}

/// <summary>The part of a data set that goes with an account.</summary>
internal sealed record AccountPart(DataSet Set, DataKeys Keys);
