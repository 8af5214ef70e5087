using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Sources;

/// <summary>
/// Tells by what a person is found: from a proven address to the persons that the company's directory knows under it, and from
/// them to all their addresses. Whatever asks who somebody is asks here, so that access, erasure, holds and precedence mean the
/// same person. An entry leads to a person only if somebody proved to the company to have its address.
/// </summary>
internal sealed class SubjectLocator(DataMapRegister map, PersonalDataSources sources)
{
    // What was read for many people at once.
    private Dictionary<PersonId, List<EmailAddress>>? ReadAhead { get; init; }

    private IdentityFields Fields => new(map.Directory.Identity!);

    /// <summary>
    /// A locator that answers for these people from one look through the directory, where it would look through it for each of them. It
    /// serves as long as the answers may be that old; about everybody else it asks as ever.
    /// </summary>
    public async Task<SubjectLocator> ForAsync(
        IReadOnlyCollection<EmailAddress> mailboxes, IEnumerable<PersonId> persons, CancellationToken cancellation)
    {
        if (map.Directory.Identity!.OfPerson is not Find.Scan) return this; // it knows where each of them is
        var all = persons.ToHashSet();
        foreach (var mailbox in mailboxes) all.UnionWith(await UsablyNamedAsync(mailbox, cancellation));
        if (all.Count < 2) return this;
        var found = all.ToDictionary(person => person, _ => new List<EmailAddress>());
        await foreach (var entry in sources.ExportAsync(map.Directory, new SubjectKeys(default, [.. all]), cancellation))
            if (Fields.PersonIn(entry) is { } person && Fields.AddressIn(entry) is { } address && found.TryGetValue(person, out var theirs))
                theirs.Add(address);
        return new(map, sources) { ReadAhead = found };
    }

    /// <summary>Locates whoever proved that address to us.</summary>
    /// <returns>
    /// No persons when the directory does not know the address as theirs: sets found by the address itself still answer.
    /// </returns>
    /// <exception cref="InvalidDataException">An entry of the address has no usable person id.</exception>
    public async Task<SubjectKeys> LocateAsync(EmailAddress address, CancellationToken cancellation)
    {
        var entries = await EntriesAsync(address, cancellation);
        var persons = Proven(entries);

        // Of several persons who share a mailbox, nobody knows whose the other addresses are.
        var (others, doubtful) = (new HashSet<EmailAddress>(), new HashSet<EmailAddress>());
        foreach (var person in entries.Select(PersonOf).Distinct())
            await foreach (var found in AddressesOfAsync(person, cancellation))
                (persons.Length == 1 && persons[0] == person && await IsTheirsAloneAsync(found, person, cancellation)
                    ? others : doubtful).Add(found);
        others.Remove(address);
        return new(address, persons)
        {
            OtherAddresses = InOrder(others),
            DoubtfulAddresses = InOrder(doubtful.Except(others).Where(found => found != address)),
            DoubtfulPersons = [.. entries.Select(PersonOf).Distinct().Except(persons)],
        };
    }

    /// <summary>The addresses that are proven to be those of the owner of a mailbox, itself among them: that one alone where an entry of it cannot be used.</summary>
    public async Task<IReadOnlyList<EmailAddress>> AddressesOfOwnerAsync(EmailAddress address, CancellationToken cancellation)
    {
        try
        {
            return [.. (await LocateAsync(address, cancellation)).Addresses];
        }
        catch (InvalidDataException)
        {
            return [address];
        }
    }

    /// <summary>
    /// Looks again, after a while, at whoever was located then. An address that has become somebody else's too is doubtful now, and
    /// so is one that came meanwhile: what they protect counts, and nothing more is destroyed than was meant. The address that they proved
    /// to us is lost once somebody else proved to have it, if the directory knew them then.
    /// </summary>
    public async Task<SubjectKeys> RefreshAsync(SubjectKeys then, CancellationToken cancellation)
    {
        var doubtful = then.DoubtfulAddresses.ToHashSet();
        foreach (var other in then.OtherAddresses)
            if ((await EntriesAsync(other, cancellation)).Exists(entry => !IsOf(then, entry)))
                doubtful.Add(other);
        var others = then.OtherAddresses.Where(other => !doubtful.Contains(other)).ToList();
        foreach (var person in then.Persons)
            await foreach (var found in AddressesOfAsync(person, cancellation))
                if (found != then.Address && !others.Contains(found))
                    doubtful.Add(found);
        var entries = await EntriesAsync(then.Address, cancellation);
        return then with
        {
            HasLostAddress = then.Persons.Length > 0 && entries.Exists(entry => entry.IsProven && !IsOf(then, entry)),
            OtherAddresses = InOrder(others), DoubtfulAddresses = InOrder(doubtful),
            DoubtfulPersons = [.. entries.Select(entry => entry.Person).OfType<PersonId>().Distinct().Except(then.Persons)],
        };
    }

    /// <summary>
    /// Whether that person proved to have the address. What else the directory says under it, usable or not, changes nothing about it.
    /// </summary>
    public async Task<bool> IsProvenByAsync(EmailAddress address, PersonId person, CancellationToken cancellation) =>
        (await EntriesAsync(address, cancellation)).Exists(entry => entry.IsProven && entry.Person == person);

    /// <summary>The persons that the directory knows under an address, from its own entries alone.</summary>
    /// <exception cref="InvalidDataException">An entry of the address that somebody proved has no usable person id.</exception>
    public async Task<ImmutableArray<PersonId>> PersonsAsync(EmailAddress address, CancellationToken cancellation) =>
        Proven(await EntriesAsync(address, cancellation));

    /// <summary>All persons whom entries of an address name, whether or not somebody proved to have it.</summary>
    /// <exception cref="InvalidDataException">An entry of the address has no usable person id.</exception>
    public async Task<ImmutableArray<PersonId>> NamedAsync(EmailAddress address, CancellationToken cancellation) =>
        [.. (await EntriesAsync(address, cancellation)).Select(PersonOf).Distinct()];

    /// <summary>Those of them whom an entry names by a usable id: for what protects, which goes as far as it can.</summary>
    public async Task<ImmutableArray<PersonId>> UsablyNamedAsync(EmailAddress address, CancellationToken cancellation) =>
        [.. (await EntriesAsync(address, cancellation)).Select(entry => entry.Person).OfType<PersonId>().Distinct()];

    /// <summary>All addresses in a person's entries, whether or not somebody proved them.</summary>
    public async IAsyncEnumerable<EmailAddress> AddressesOfAsync(
        PersonId person, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (ReadAhead?.TryGetValue(person, out var known) is true)
        {
            foreach (var address in known) yield return address;
            yield break;
        }

        await foreach (var entry in sources.ExportAsync(map.Directory, SubjectKeys.OfPerson(person), cancellation))
            if (Fields.AddressIn(entry) is { } address)
                yield return address;
    }

    /// <summary>Whether a person proved to have a mailbox after that instant, UTC: then they have come back to the company.</summary>
    public async Task<bool> HasProvenSinceAsync(PersonId person, DateTimeOffset since, CancellationToken cancellation) =>
        await sources.ExportAsync(map.Directory, SubjectKeys.OfPerson(person), cancellation)
            .AnyAsync(entry => Fields.ProvenAt(entry) > since, cancellation);

    /// <summary>
    /// The mailbox that a person proved last; null when they proved none. An entry of the person counts only if their address leads
    /// back to them.
    /// </summary>
    public async Task<EmailAddress?> MailboxOfAsync(PersonId person, CancellationToken cancellation)
    {
        var proven = new List<(EmailAddress Address, DateTimeOffset At)>();
        await foreach (var entry in sources.ExportAsync(map.Directory, SubjectKeys.OfPerson(person), cancellation))
            if (Fields.ProvenAt(entry) is { } at && Fields.AddressIn(entry) is { } address)
                proven.Add((address, at));
        foreach (var (address, _) in proven.OrderByDescending(found => found.At).ThenBy(found => found.Address.Value, StringComparer.Ordinal))
            if (await IsProvenByAsync(address, person, cancellation))
                return address;
        return null;
    }

    // By the entries of that address: one that only says so elsewhere may be anybody's.
    private async Task<bool> IsTheirsAloneAsync(EmailAddress address, PersonId person, CancellationToken cancellation)
    {
        var entries = await EntriesAsync(address, cancellation);
        return entries.Exists(entry => entry.IsProven) && entries.TrueForAll(entry => entry.Person == person);
    }

    private async Task<List<Entry>> EntriesAsync(EmailAddress address, CancellationToken cancellation)
    {
        var entries = new List<Entry>();
        await foreach (var entry in sources.ExportAsync(map.Directory, new SubjectKeys(address, []), cancellation))
            entries.Add(new(Fields.PersonIn(entry), Fields.AddressIn(entry) == address && Fields.ProvenAt(entry) is not null));

        return entries;
    }

    private ImmutableArray<PersonId> Proven(List<Entry> entries) =>
    [
        .. entries.Where(entry => entry.IsProven).Select(PersonOf).Distinct().OrderBy(person => person.Value, StringComparer.Ordinal),
    ];

    private PersonId PersonOf(Entry entry) => entry.Person
        ?? throw new InvalidDataException($"A row of the data set '{map.Directory.Id}' has no usable '{map.Directory.Identity!.Person}'.");

    private static bool IsOf(SubjectKeys who, Entry entry) => entry.Person is { } person && who.Persons.Contains(person);

    private static ImmutableArray<EmailAddress> InOrder(IEnumerable<EmailAddress> addresses) =>
        [.. addresses.OrderBy(address => address.Value, StringComparer.Ordinal)];

    /// <param name="Person">Null when the entry names none by a usable id.</param>
    /// <param name="IsProven">Whether somebody proved to have the address by whose key the entry was found.</param>
    private readonly record struct Entry(PersonId? Person, bool IsProven);
}
