using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Newsletters;

/// <summary>
/// Whether somebody's data may be kept and not used (Art. 18 GDPR, R-RESTRICT): then no newsletter goes to them, at whichever of the
/// addresses that they had when the restriction was placed, or that the company has learned of since. Asked immediately before each
/// mail, and read from the tables each time.
/// </summary>
internal sealed class ReaderRestrictions(Holds holds, HoldLinks links, SubjectLocator locator, DataMapRegister map)
{
    /// <summary>
    /// Whether a restriction in force covers what that data set holds about the owner of the address. Whom the company's directory names
    /// under it counts, even where nobody proved it, unless they restricted it themselves: a newsletter too few is the smaller harm.
    /// </summary>
    public async Task<bool> CoverAsync(EmailAddress address, DataSet set, CancellationToken cancellation)
    {
        if (await CoverAsync(new HeldPerson([address], []), set, cancellation)) return true;

        // A directory without a key would be read whole for each mail: the addresses that were proven are known from the next night on.
        if (map.Directory.Find is Find.Scan || !await links.AreThereAnyAsync(cancellation)) return false;
        var named = await locator.UsablyNamedAsync(address, cancellation);
        if (named.Length == 0) return false;
        var found = await CoveringAsync(new HeldPerson([], named), set, cancellation);
        return found.Any(hold => Hold.RequestOf(hold.Id) is null)
            || (found.Count > 0 && await AnyProvesAsync(address, named, set, cancellation));
    }

    // A person's own request stops nothing at an address that they merely entered as theirs.
    private async Task<bool> AnyProvesAsync(
        EmailAddress address, IEnumerable<PersonId> named, DataSet set, CancellationToken cancellation)
    {
        foreach (var person in named)
            if (await locator.IsProvenByAsync(address, person, cancellation) && await CoverAsync(new HeldPerson([], [person]), set, cancellation))
                return true;
        return false;
    }

    private async Task<bool> CoverAsync(HeldPerson person, DataSet set, CancellationToken cancellation) =>
        (await CoveringAsync(person, set, cancellation)).Count > 0;

    private async Task<IReadOnlyList<Hold>> CoveringAsync(HeldPerson person, DataSet set, CancellationToken cancellation) =>
        [.. (await holds.AgainstUseAsync(person, cancellation)).Where(hold => hold.Covers(set.Id.Value))];
}
