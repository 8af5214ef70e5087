using System.Globalization;
using System.Text.Json;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Sources;

/// <summary>Reads what an entry of the company's directory says of whom it is about.</summary>
/// <param name="identity">Which fields say it.</param>
internal readonly struct IdentityFields(Identity identity)
{
    /// <summary>Its address; null where it has none that is one: under what is no address nothing is kept.</summary>
    public EmailAddress? AddressIn(PersonalRecord entry) =>
        EmailAddress.TryParse(ValueOf(entry, identity.Address)?.ToString(), out var address) ? address : null;

    /// <summary>The person; null where it names none by a usable id.</summary>
    public PersonId? PersonIn(PersonalRecord entry) =>
        PersonId.TryParse(ValueOf(entry, identity.Person) is { ValueKind: JsonValueKind.String } id ? id.GetString() : null, out var person)
            ? person : null;

    /// <summary>
    /// When somebody proved the address; null where nobody did. An instant and nothing else is a proof: what a directory writes where nobody proved
    /// it, an empty text or false, is none.
    /// </summary>
    public DateTimeOffset? ProvenAt(PersonalRecord entry) =>
        ValueOf(entry, identity.ProvenAt) is { ValueKind: JsonValueKind.String } at
        && DateTimeOffset.TryParse(at.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
        && instant > DateTimeOffset.UnixEpoch
            ? instant : null;

    private static JsonElement? ValueOf(PersonalRecord entry, string field) =>
        entry.Values.TryGetValue(field, out var value) ? value : null;
}
