using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Consent;

/// <summary>
/// Whether somebody's data may be kept and not used (Art. 18 GDPR, R-RESTRICT): then no newsletter goes to them, at whichever of the
/// addresses that they had when the restriction was placed. Asked immediately before each mail, and read from the tables each time.
/// </summary>
internal sealed class ReaderRestrictions(Holds holds)
{
    /// <summary>Whether a restriction in force covers what that data set holds about the owner of the address.</summary>
    public async Task<bool> CoverAsync(EmailAddress address, DataSet set, CancellationToken cancellation) =>
        (await holds.OfPersonAsync(new HeldPerson([address], []), cancellation))
            .Any(hold => hold.Kind is HoldKind.Restriction && hold.Covers(set.Id.Value));
}
