using System.Collections.Immutable;

namespace PrivacyFunctions.DataMap;

/// <summary>Reads which set is the list of newsletter subscribers, and holds it to the form in which it is read and written.</summary>
internal static class SubscriptionReader
{
    /// <returns>Null for a set that is no such list.</returns>
    public static SubscriptionFields? Read(MapNode set, Role role, StoreLocation store, Find? find, ImmutableArray<Field> fields)
    {
        if (set.OptionalChild("subscription") is not { } node)
            return null;
        if (role is Role.Processor)
            set.Problem("'subscription' has no place in a processor set: who gets our newsletters is the company's own knowledge");
        else if (store.Match(table => false, blobs => true) || find is not Find.Partition { Key.Kind: KeyKind.Email })
            set.Problem(
                "'subscription' belongs to a table whose partition key is found by {email}; the row key is the newsletter's name");

        var read = new SubscriptionFields(
            node.ExportedField("address", fields), node.ExportedField("joinedAt", fields),
            node.ExportedField("proof", fields), node.ExportedField("leftAt", fields));
        node.ReportUnknown();
        return read;
    }
}
