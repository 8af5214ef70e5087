using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// What goes before a purge, as long as its deadline allows (Precedence): the copy for the account's owner, and a request of
/// theirs for their data, under whichever of their addresses. Purging first would answer both with nothing.
/// </summary>
internal sealed class PurgePrecedence(OwnersRights rights, EndingOwner owner, PersonProtections protections)
{
    /// <returns>Null when it is the purge's turn.</returns>
    public async Task<PurgeForerunner?> FirstAsync(Termination state, DateTimeOffset legalNow, CancellationToken cancellation)
    {
        // Nothing goes before it then, and no store is asked that might be away.
        if (legalNow >= TerminationDecisions.WaitsUntil(state.Instants!)) return null;
        return TerminationDecisions.GoesFirst(
            state,
            copyIsDue: state.OfferedUntil is null && await rights.AreStillTheirsAsync(state, cancellation),
            requestIsOpen: await protections.AnotherGoesFirstAsync((await owner.KnownByAsync(state, cancellation)).Addresses, cancellation),
            legalNow);
    }
}
