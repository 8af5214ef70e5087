using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// What goes when an account ends (T-ACTIVE): everything that the map keeps for the account, and what it keeps about the account's
/// owner for as long as they have an account with us, if this was their last one.
/// </summary>
internal sealed class AccountParts(DataMapRegister map, EndingOwner owner)
{
    /// <summary>All parts, in the order in which they go: the directory, by which holds on the owner are found, is the last.</summary>
    public async Task<IReadOnlyList<AccountPart>> ListAsync(Termination state, CancellationToken cancellation)
    {
        var ofAccount = map.PurgedWithAccount.Select(set => new AccountPart(set, new AccountKeys(state.Account)));
        return await owner.OfLastAccountAsync(state, cancellation) is { } person
            ? [.. ofAccount, .. map.PurgedWithLastAccount.Select(set => new AccountPart(set, person))]
            : [.. ofAccount];
    }

    /// <summary>By what the part that goes is found; null when nothing of the set goes, as when the owner has another account.</summary>
    public async Task<DataKeys?> KeysAsync(Termination state, DataSet set, CancellationToken cancellation) =>
        set.OfAccount is not null ? new AccountKeys(state.Account) : await owner.OfLastAccountAsync(state, cancellation);
}

/// <summary>The part of a data set that goes with an account.</summary>
internal sealed record AccountPart(DataSet Set, DataKeys Keys);
