using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.LegalHolds;

/// <summary>
/// Places and releases holds on a person: in force, one counts under everything that the company knows them by; released, what it stopped
/// goes on. Neither is cancelled half-way.
/// </summary>
internal sealed class PersonHolds(Holds holds, HoldLinks links, SubjectLocator locator, ErasureResumption erasures)
{
    /// <summary>
    /// Places a hold, or changes the one of the same id that is in force. An address that the directory does not know may be a reader's or
    /// a visitor's, or a slip of the hand: the result tells.
    /// </summary>
    /// <param name="address">Whose data it protects.</param>
    /// <param name="hold">The hold.</param>
    /// <param name="by">Who places it.</param>
    /// <param name="cancellation">Stops before anything is placed.</param>
    public async Task<PlacedHold> PlaceAsync(EmailAddress address, Hold hold, string by, CancellationToken cancellation)
    {
        var (person, isInDirectory, hasUnusableEntry) = await KnownByAsync(address, cancellation);
        await links.AddAsync(address, hold.Id, person, CancellationToken.None);
        return new(
            await holds.PlaceAsync(address, hold, by, CancellationToken.None, person.Surely), isInDirectory, hasUnusableEntry, person.Addresses.Count());
    }

    /// <summary>
    /// Places the holds of a person's own request, under what proves to be theirs and nothing else: anybody can enter somebody else's address
    /// as a further one of their own. Where several persons share the mailbox, they count under the mailbox alone.
    /// </summary>
    /// <param name="address">Whose data they protect.</param>
    /// <param name="ofRequest">The holds of one request.</param>
    /// <param name="by">Who places them.</param>
    /// <param name="cancellation">Stops before anything is placed.</param>
    public async Task<PlacedHold> PlaceOfRequestAsync(
        EmailAddress address, IReadOnlyList<Hold> ofRequest, string by, CancellationToken cancellation)
    {
        var (person, proven, hasUnusableEntry) = await SurelyAsync(address, cancellation);
        var placing = HoldPlacing.Placed;
        foreach (var hold in ofRequest)
        {
            await links.AddAsync(address, hold.Id, person, CancellationToken.None);
            var placed = await holds.PlaceAsync(address, hold, by, CancellationToken.None, person.Surely);
            if (placing is HoldPlacing.Placed) placing = placed;
        }

        return new(placing, proven.Count > 0 || hasUnusableEntry, hasUnusableEntry, person.Addresses.Count())
        {
            Persons = proven, IsSure = proven.Count <= 1 && !hasUnusableEntry,
        };
    }

    /// <summary>What whoever has an address is known by, as far as a hold may count for them.</summary>
    public async Task<HeldPerson> WhoAsync(EmailAddress address, CancellationToken cancellation) => (await KnownByAsync(address, cancellation)).Person;

    /// <summary>Under which addresses such a hold counts.</summary>
    public async Task<IReadOnlyList<EmailAddress>> CoveredByRequestAsync(EmailAddress address, CancellationToken cancellation) =>
        [.. (await SurelyAsync(address, cancellation)).Person.Addresses];

    /// <summary>Whether others than those holds stop the use of all that these cover of the owner of the mailbox.</summary>
    public async Task<bool> IsRestrictedElsewiseAsync(EmailAddress address, IReadOnlyList<Hold> own, CancellationToken cancellation)
    {
        var others = await OthersAgainstUseAsync(address, own, cancellation);
        return own.Count > 0 && own.All(mine => others.Exists(hold => hold.DataSet is null || hold.DataSet == mine.DataSet));
    }

    /// <summary>Those of the data sets whose use by the company no others than those holds stop.</summary>
    public async Task<IReadOnlyList<DataSet>> FreeOfOthersAsync(
        EmailAddress address, IReadOnlyList<Hold> own, IEnumerable<DataSet> sets, CancellationToken cancellation)
    {
        var others = await OthersAgainstUseAsync(address, own, cancellation);
        return [.. sets.Where(set => !others.Exists(hold => hold.DataSet is null || hold.DataSet == set.Id.Value))];
    }

    /// <summary>Releases a hold. What it stopped is stored as cases of their own, and begins at once or with the timer of what is pending.</summary>
    /// <param name="address">Under which it was placed.</param>
    /// <param name="id">Its id.</param>
    /// <param name="by">Who releases it.</param>
    public async Task<(HoldRelease Release, Resumption Resumption)> ReleaseAsync(EmailAddress address, string id, string by)
    {
        if (!await holds.WasPlacedAsync(address, id, CancellationToken.None)) return (HoldRelease.Unknown, Resumption.None);
        var before = await erasures.PrepareAsync(address, id, by);
        var release = await holds.ReleaseAsync(address, id, by, CancellationToken.None);

        // What an erasure's last search found held meanwhile was no sooner to be seen; one that looks from now on sees the release.
        return (release, before.And(await erasures.PrepareAsync(address, id, by)));
    }

    /// <summary>
    /// Changes a hold so that it stops the use of the data and nothing else. What it had kept from an erasure goes on, as after a release.
    /// </summary>
    public async Task<Resumption> StopUseAloneAsync(EmailAddress address, Hold hold, string by)
    {
        var before = await erasures.PrepareAsync(address, hold.Id, by);
        if (await holds.StopUseAloneAsync(address, hold, by, CancellationToken.None) is not HoldPlacing.Placed)
            throw new InvalidOperationException($"The hold {hold.Id} is not in force.");
        return before.And(await erasures.PrepareAsync(address, hold.Id, by));
    }

    private async Task<List<Hold>> OthersAgainstUseAsync(EmailAddress address, IReadOnlyList<Hold> own, CancellationToken cancellation) =>
        [.. (await holds.AgainstUseAsync((await KnownByAsync(address, cancellation)).Person, cancellation)).Where(hold => own.All(mine => mine.Id != hold.Id))];

    private async Task<(HeldPerson Person, IReadOnlyList<PersonId> Proven, bool HasUnusableEntry)> SurelyAsync(
        EmailAddress address, CancellationToken cancellation)
    {
        try
        {
            var found = await locator.LocateAsync(address, cancellation);
            return (
                found.Persons is [var one] ? new([.. found.Addresses], [one]) { Surely = one } : new([address], []), found.Persons, false);
        }
        catch (InvalidDataException)
        {
            return (new([address], []), [], true);
        }
    }

    private async Task<(HeldPerson Person, bool IsInDirectory, bool HasUnusableEntry)> KnownByAsync(
        EmailAddress address, CancellationToken cancellation)
    {
        try
        {
            var found = await locator.LocateAsync(address, cancellation);
            var named = await locator.NamedAsync(address, cancellation);
            var surely = found.Persons is [var proven] && named.All(person => person == proven) ? proven : (PersonId?)null;
            return (new([.. found.ProtectingAddresses], named) { Surely = surely }, found.Persons.Length > 0, false);
        }
        catch (InvalidDataException)
        {
            // An entry that leads to nobody by a usable id: the hold is in force all the same, on this address and on whom others name.
            var (addresses, named) = (new HashSet<EmailAddress> { address }, await locator.UsablyNamedAsync(address, cancellation));
            foreach (var person in named) addresses.UnionWith(await locator.AddressesOfAsync(person, cancellation).ToListAsync(cancellation));
            return (new(addresses, named), true, true);
        }
    }
}

/// <summary>What came of placing a hold on a person.</summary>
/// <param name="Placing">Whether it is in force.</param>
/// <param name="IsInDirectory">Whether the company's directory knows the address.</param>
/// <param name="HasUnusableEntry">Whether it has an entry that leads to nobody.</param>
/// <param name="Addresses">Under how many addresses it counts.</param>
internal sealed record PlacedHold(HoldPlacing Placing, bool IsInDirectory, bool HasUnusableEntry, int Addresses)
{
    /// <summary>Of a person's own request: who proved the mailbox to the company.</summary>
    public IReadOnlyList<PersonId> Persons { get; init; } = [];

    /// <summary>Of a person's own request: whether it is clear whose data it is about.</summary>
    public bool IsSure { get; init; } = true;
}
