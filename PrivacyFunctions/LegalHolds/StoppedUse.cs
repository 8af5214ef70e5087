using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.LegalHolds;

/// <summary>
/// Which of somebody's data may be kept and not used, because they restricted the use or objected to it (Art. 18 and 21 GDPR, R-RESTRICT), at whichever of the
/// addresses that they had when the hold was placed, or that the company has learned of since. Whoever uses data asks immediately before;
/// it is read from the tables each time.
/// </summary>
internal sealed class StoppedUse(Holds holds, HoldLinks links, SubjectLocator locator, DataMapRegister map)
{
    /// <summary>Whether what that data set holds about the owner of the address must not be used.</summary>
    public async Task<bool> CoversAsync(EmailAddress address, DataSet set, CancellationToken cancellation) =>
        (await OfAsync(address, cancellation)).Any(hold => hold.Covers(set.Id.Value));

    /// <summary>
    /// The holds in force against the use of data about the owner of the address. Whom the company's directory names
    /// under it counts, even where nobody proved it, unless they restricted it themselves: using too little is the smaller harm.
    /// </summary>
    public async Task<IReadOnlyList<Hold>> OfAsync(EmailAddress address, CancellationToken cancellation)
    {
        // A directory without a key would be read whole for each mail: the addresses that were proven are known from the next night on, and
        // whoever comes to have the mailbox of somebody who restricted the use is taken for them.
        if (map.Directory.Find is Find.Scan) return await holds.AgainstUseAsync(new([address], []), cancellation);
        var found = await holds.AgainstUseAtAsync(address, stop => ProversAsync(address, stop), cancellation);
        if (!await links.AreThereAnyAsync(cancellation)) return found;
        var named = await locator.UsablyNamedAsync(address, cancellation);
        return named.Length == 0 ? found : [.. found.Union(await OfNamedAsync(address, named, cancellation))];
    }

    // Where an entry cannot be used, nobody knows who else it may be.
    private async Task<IReadOnlyList<PersonId>> ProversAsync(EmailAddress address, CancellationToken cancellation)
    {
        try
        {
            return await locator.PersonsAsync(address, cancellation);
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    // A person's own request stops nothing at an address that they merely entered as theirs.
    private async Task<List<Hold>> OfNamedAsync(EmailAddress address, IReadOnlyList<PersonId> named, CancellationToken cancellation)
    {
        var all = await holds.AgainstUseAsync(new([], named), cancellation);
        var counting = all.Where(hold => Hold.RequestOf(hold.Id) is null).ToList();
        if (counting.Count == all.Count) return counting;
        foreach (var person in named)
            if (await locator.IsProvenByAsync(address, person, cancellation))
                counting.AddRange(await holds.AgainstUseAsync(new([], [person]), cancellation));
        return counting;
    }
}
