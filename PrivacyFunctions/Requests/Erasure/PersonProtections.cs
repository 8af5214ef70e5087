using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>What goes before a person's erasure: holds and restrictions, and requests that are still to be answered.</summary>
internal sealed class PersonProtections(Holds holds, People people, CaseStore cases)
{
    /// <summary>The holds and restrictions in force.</summary>
    public async Task<IReadOnlyList<Protection>> OfAsync(EmailAddress address, CancellationToken cancellation) =>
    [
        .. from hold in await holds.OfPersonAsync(address, cancellation)
           select new Protection(
               hold.Id, hold.Kind == HoldKind.Legal ? ProtectionKind.LegalHold : ProtectionKind.Restriction,
               hold.DataSet, hold.Ground, hold.Owner, hold.ReviewOn),
    ];

    /// <summary>Whether another request of the same person must be answered before anything is erased.</summary>
    public async Task<bool> AnotherGoesFirstAsync(EmailAddress address, CancellationToken cancellation)
    {
        foreach (var id in await people.CasesSinceAsync(address, DateTimeOffset.UnixEpoch, cancellation))
            if (await cases.FindAsync(id, cancellation) is { Case: var other } && ErasureRules.GoesBefore(other))
                return true;
        return false;
    }
}
