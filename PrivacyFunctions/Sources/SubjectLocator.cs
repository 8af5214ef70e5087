using System.Text.Json;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;

namespace PrivacyFunctions.Sources;

/// <summary>
/// Tells by what a person is found: from a proven address to the persons that the company's directory knows under it, and from
/// them to all their addresses. Whatever asks who somebody is asks here, so that access, erasure, holds and precedence mean the
/// same person.
/// </summary>
internal sealed class SubjectLocator(DataMapRegister map, PersonalDataSources sources)
{
    private Identity Identity => map.Directory.Identity!;

    /// <returns>
    /// No persons when the directory does not know the address: sets found by the address itself still answer.
    /// </returns>
    /// <exception cref="InvalidDataException">A directory row has no usable person id.</exception>
    public async Task<SubjectKeys> LocateAsync(EmailAddress address, CancellationToken cancellation)
    {
        var persons = await PersonsUnderAsync(address, cancellation);
        var (others, doubtful) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var person in persons)
            await foreach (var (found, isProven) in AddressesOfAsync(person, cancellation))
            {
                if (found == address) continue;
                var isTheirsAlone = isProven && (await PersonsUnderAsync(found, cancellation)).IsSubsetOf(persons);
                (isTheirsAlone ? others : doubtful).Add(found.Value);
            }

        return new(address, [.. persons.OrderBy(person => person.Value, StringComparer.Ordinal)])
        {
            OtherAddresses = [.. others.Select(EmailAddress.Parse)],
            DoubtfulAddresses = [.. doubtful.Except(others).Select(EmailAddress.Parse)],
        };
    }

    /// <summary>All addresses in a person's entries, each with whether somebody proved to have its mailbox.</summary>
    public async IAsyncEnumerable<(EmailAddress Address, bool IsProven)> AddressesOfAsync(
        PersonId person, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var entry in sources.ExportAsync(map.Directory, SubjectKeys.OfPerson(person), cancellation))
            // Under what is no address nothing is kept.
            if (EmailAddress.TryParse(ValueOf(entry, Identity.Address)?.ToString(), out var address))
                yield return (address, ValueOf(entry, Identity.ProvenAt) is { ValueKind: not JsonValueKind.Null });
    }

    private async Task<HashSet<PersonId>> PersonsUnderAsync(EmailAddress address, CancellationToken cancellation)
    {
        var persons = new HashSet<PersonId>();
        await foreach (var entry in sources.ExportAsync(map.Directory, new SubjectKeys(address, []), cancellation))
            persons.Add(PersonOf(entry));
        return persons;
    }

    private PersonId PersonOf(PersonalRecord entry) =>
        PersonId.TryParse(ValueOf(entry, Identity.Person)?.ToString(), out var person)
            ? person
            : throw new InvalidDataException($"A row of the data set '{map.Directory.Id}' has no usable '{Identity.Person}'.");

    private static JsonElement? ValueOf(PersonalRecord entry, string field) =>
        entry.Values.TryGetValue(field, out var value) ? value : null;
}
