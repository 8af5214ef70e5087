using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Accounts;

/// <summary>
/// What protects an account's data from its purge: holds on the account, and for what is about its owner, who is a person
/// like any other, holds on the owner too (Precedence).
/// </summary>
internal sealed class AccountHolds(Holds holds, Contacts contacts)
{
    /// <summary>The holds in force that cover the account's part of that data set.</summary>
    public async Task<IReadOnlyList<Hold>> CoveringAsync(Termination state, DataSet set, CancellationToken cancellation)
    {
        var inForce = await holds.OfAccountAsync(state.Account, cancellation);
        if (set.Role is Role.Controller && await contacts.FindAsync(state.Id, cancellation) is { } owner)
            inForce = [.. inForce, .. await holds.OfPersonAsync(owner.Address, cancellation)];
        return [.. inForce.Where(hold => hold.Covers(set.Id.Value))];
    }
}
