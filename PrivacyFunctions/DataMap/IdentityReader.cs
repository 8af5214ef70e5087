using System.Collections.Immutable;

namespace PrivacyFunctions.DataMap;

/// <summary>Reads what makes a set the directory, and refuses one by which a person would be found in part.</summary>
internal static class IdentityReader
{
    /// <returns>Null for a set that is no directory.</returns>
    public static Identity? Read(MapNode set, Role role, StoreLocation store, Find? find, ImmutableArray<Field> fields)
    {
        if (set.OptionalChild("identity") is not { } node)
            return null;
        if (role is Role.Processor)
            set.Problem("'identity' has no place in a processor set: service data identifies nobody to us");
        else if (find is not { Key.Kind: KeyKind.Email })
            set.Problem("'identity' belongs to a set that is found by {email}: an address leads to a person by it");

        var (person, address) = (node.ExportedField("person", fields), node.ExportedField("address", fields));
        var provenAt = node.ExportedField("provenAt", fields);
        var ofPerson = FindReader.ReadOfPerson(node.Child("ofPerson", "a person may have several addresses"), store, fields);
        node.ReportUnknown();
        return new(person, address, provenAt, ofPerson!); // null only in a map with a problem, which is never used
    }
}
