using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Consent;

/// <summary>
/// Whether somebody's data may be kept and not used (Art. 18 GDPR, R-RESTRICT): then no newsletter goes to them, under whichever of
/// their addresses the restriction was entered. Asked immediately before each mail, and read from the tables each time.
/// </summary>
internal sealed class ReaderRestrictions(Holds holds, SubjectLocator locator)
{
    /// <summary>Whether a restriction in force covers what that data set holds about the owner of the address.</summary>
    public async Task<bool> CoverAsync(EmailAddress address, DataSet set, CancellationToken cancellation) =>
        await holds.MayAnyRestrictAsync(cancellation)
        && (await holds.OfPersonAsync(await AddressesAsync(address, cancellation), cancellation))
            .Any(hold => hold.Kind is HoldKind.Restriction && hold.Covers(set.Id.Value));

    // One wrong entry in the directory must not stop the newsletter of everybody after it: what was entered under the address itself
    // still counts.
    private async Task<IEnumerable<EmailAddress>> AddressesAsync(EmailAddress address, CancellationToken cancellation)
    {
        try
        {
            return (await locator.LocateAsync(address, cancellation)).ProtectingAddresses;
        }
        catch (InvalidDataException)
        {
            return [address];
        }
    }
}
