using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// What protects an account's data from its purge: holds on the account, and for what is about its owner, who is a person
/// like any other, holds on the owner too, under whichever of their addresses; what goes with their last account, holds on the other
/// ones protect as well (Precedence).
/// </summary>
internal sealed class AccountHolds(Holds holds, OwnersHolds ofOwners, EndingOwner owner)
{
    /// <summary>The holds in force that cover the part of that data set that goes with the account.</summary>
    public async Task<IReadOnlyList<Hold>> CoveringAsync(Termination state, DataSet set, CancellationToken cancellation)
    {
        var inForce = await holds.OfAccountAsync(state.Account, cancellation);
        if (set.Role is Role.Controller)
        {
            var known = await owner.KnownByAsync(state, cancellation);
            inForce = [.. inForce, .. await holds.OfPersonAsync(known, cancellation)];
            if (set.GoesWithLastAccount) inForce = [.. inForce, .. await ofOwners.OfOthersAsync(state.Account, known.Ids, cancellation)];
        }

        // The directory leads to whatever is held, so it stays as long as anything is.
        return [.. inForce.Where(hold => set.Identity is not null || hold.Covers(set.Id.Value))];
    }
}
