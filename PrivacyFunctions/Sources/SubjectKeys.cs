using System.Collections.Immutable;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Sources;

/// <summary>
/// By what one person is found: the address whose mailbox they proved to us, the persons that the company's directory knows
/// under it, and all addresses of those. <see cref="SubjectLocator"/> makes them.
/// </summary>
/// <param name="Address">The address that they proved to us.</param>
/// <param name="Persons">The persons that the directory knows under it.</param>
internal sealed record SubjectKeys(EmailAddress Address, ImmutableArray<PersonId> Persons) : DataKeys
{
    /// <summary>Their other addresses: proven to the company, and known as nobody else's.</summary>
    public ImmutableArray<EmailAddress> OtherAddresses { get; init; } = [];

    /// <summary>Whether somebody else has proven since to have the address: then it leads to nothing of theirs, and only protects.</summary>
    public bool HasLostAddress { get; init; }

    /// <summary>
    /// Further addresses in their entries, which nobody proved or somebody else has too. Nothing that is kept under one is told or
    /// destroyed, since it may be another person's; but what protects one of them protects this person too.
    /// </summary>
    public ImmutableArray<EmailAddress> DoubtfulAddresses { get; init; } = [];

    /// <summary>Persons whom the directory names under the address although nobody proved to have it: they protect this person too.</summary>
    public ImmutableArray<PersonId> DoubtfulPersons { get; init; } = [];

    /// <summary>By which ids something may have been decided that protects their data.</summary>
    public IEnumerable<PersonId> ProtectingPersons => Persons.Concat(DoubtfulPersons);

    /// <summary>The addresses under which their data is searched.</summary>
    public IEnumerable<EmailAddress> Addresses => HasLostAddress ? OtherAddresses : OtherAddresses.Prepend(Address);

    /// <summary>The addresses under which something may have been decided that protects their data.</summary>
    public IEnumerable<EmailAddress> ProtectingAddresses => [Address, .. OtherAddresses, .. DoubtfulAddresses];

    /// <summary>A person whose address is not known: reaches only what is found by the person's id.</summary>
    public static SubjectKeys OfPerson(PersonId person) => new(default, [person]);

    public override IEnumerable<string> Fill(KeyPath path) => path.Kind switch
    {
        KeyKind.Email => Addresses.Select(path.Fill),
        KeyKind.Person => Persons.Select(person => path.Fill(KeyKind.Person, person.Value)),
        _ => throw new InvalidOperationException($"A person is not found by {path}."),
    };

    public override IEnumerable<string> Ids(KeyKind kind) =>
        kind is KeyKind.Person ? Persons.Select(person => person.Value) : [];

    public override bool IsNamedBy(string? stored, KeyKind kind) => kind switch
    {
        KeyKind.Email => EmailAddress.TryParse(stored, out var address) && Addresses.Contains(address),
        _ => Ids(kind).Contains(stored),
    };
}
