using System.Collections.Immutable;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;

namespace PrivacyFunctions.Sources;

/// <summary>
/// By what one person is found: the address whose mailbox they proved, and the persons that the company's directory
/// knows under it. A further address that only a record names is not among them: nobody proved it.
/// </summary>
internal sealed record SubjectKeys(EmailAddress Address, ImmutableArray<PersonId> Persons) : DataKeys
{
    /// <summary>A person whose address is not known: reaches only what is found by the person's id.</summary>
    public static SubjectKeys OfPerson(PersonId person) => new(default, [person]);

    public override IEnumerable<string> Fill(KeyPath path) => path.Kind switch
    {
        KeyKind.Email => [path.Fill(Address)],
        KeyKind.Person => Persons.Select(person => path.Fill(KeyKind.Person, person.Value)),
        _ => throw new InvalidOperationException($"A person is not found by {path}."),
    };

    public override bool IsNamedBy(string? stored, KeyKind kind) => kind switch
    {
        KeyKind.Email => EmailAddress.TryParse(stored, out var address) && address == Address,
        KeyKind.Person => Persons.Any(person => person.Value == stored),
        _ => false,
    };
}
