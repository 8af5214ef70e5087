using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;

namespace PrivacyFunctions.Sources;

/// <summary>Resolves a proven address to the persons that the company's directory knows under it.</summary>
internal sealed class SubjectLocator(DataMapRegister map, PersonalDataSources sources)
{
    /// <returns>No persons when the directory does not know the address: sets found by the address itself still answer.</returns>
    /// <exception cref="InvalidDataException">A directory row has no usable person id.</exception>
    public async Task<SubjectKeys> LocateAsync(EmailAddress address, CancellationToken cancellation)
    {
        var proven = new SubjectKeys(address, []);
        var persons = new HashSet<PersonId>();
        await foreach (var entry in sources.ExportAsync(map.Directory, proven, cancellation))
            persons.Add(PersonOf(entry));
        return proven with { Persons = [.. persons.OrderBy(person => person.Value, StringComparer.Ordinal)] };
    }

    private PersonId PersonOf(PersonalRecord entry) =>
        entry.Values.TryGetValue(map.Directory.PersonField!, out var value) && PersonId.TryParse(value.ToString(), out var person)
            ? person
            : throw new InvalidDataException(
                $"A row of the data set '{map.Directory.Id}' has no usable '{map.Directory.PersonField}'.");
}
