using System.Collections.Immutable;

namespace PrivacyFunctions.DataMap;

/// <summary>Reads how a person's part is found, and refuses a way that is slow by accident or finds somebody else.</summary>
internal static class FindReader
{
    public static Find? Read(MapNode set, Role role, StoreLocation store, ImmutableArray<Field> fields, bool isGathered)
    {
        if (set.OptionalChild("find") is not { } node)
        {
            if (isGathered)
                set.Problem("'find' is missing (a controller set must say how a person is found)");
            if (role is Role.Processor)
                set.Problem("'find' is missing (service data goes with its account, so it is found by {account}: clause T-ACTIVE)");
            return null;
        }

        if (ReadWay(node, store, fields) is not { } find)
            return null;

        var byPerson = find.Key.Kind is KeyKind.Email or KeyKind.Person;
        if (role is Role.Processor && byPerson)
            node.Problem("a processor set is never found by a person (clause T-PROCESSOR)");
        if (role is Role.Processor && set.Has("ofAccount"))
            set.Problem("'ofAccount' has no place in a processor set: its 'find' is that");
        if (role is Role.Processor && find.Key.Kind is KeyKind.Case)
            node.Problem($"service data goes with its account, so it is found by {{account}}, not by {find.Key}");
        if (isGathered && find.Key.Kind is KeyKind.Account)
            node.Problem($"is gathered for a person, so it is found by {{email}} or {{person}}, not by {find.Key}");
        return find;
    }

    /// <summary>How an account's own part of a controller set is found, when the set has one.</summary>
    public static Find? ReadOfAccount(
        MapNode set, Retention retention, StoreLocation store, ImmutableArray<Field> fields)
    {
        if (set.OptionalChild("ofAccount") is not { } node)
            return null;
        var find = ReadWay(node, store, fields);
        if (find is not null && find.Key.Kind is not KeyKind.Account)
            node.Problem($"an account's part is found by {{account}}, not by {find.Key}");
        if (retention is not Retention.AccountLife)
            node.Problem("what belongs to an account goes with it, so the retention's rule is accountLife");
        return find;
    }

    /// <summary>How all entries of a person are found in the directory.</summary>
    public static Find? ReadOfPerson(MapNode node, StoreLocation store, ImmutableArray<Field> fields)
    {
        var find = ReadWay(node, store, fields);
        if (find is not null && find.Key.Kind is not KeyKind.Person)
            node.Problem($"a person's entries are found by {{person}}, not by {find.Key}");
        return find;
    }

    private static Find? ReadWay(MapNode node, StoreLocation store, ImmutableArray<Field> fields)
    {
        var find = store.Match<Find?>(table => node.Has("property") ? ReadScan(node, fields) : ReadKeys(node), blobs => ReadPrefix(node));
        node.ReportUnknown();
        return find;
    }

    private static Find.Prefix? ReadPrefix(MapNode node)
    {
        if (ReadKey(node, "prefix") is not { } key)
            return null;
        if (!key.IsFolder)
            node.Problem("'prefix' must go on with '/' after the key, or p-1 would find what belongs to p-10");
        return new Find.Prefix(key);
    }

    private static Find.Scan? ReadScan(MapNode node, ImmutableArray<Field> fields)
    {
        var property = node.Text("property");
        if (!node.Flag("scan"))
            node.Problem($"'{property}' is no key, so every row is read: name a key path, or admit it with 'scan': true");
        if (fields.All(field => field.Name != property))
            node.Problem($"'property' names the field '{property}', which is not among the fields");
        return ReadKey(node, "equals") is { } key ? new Find.Scan(property, key) : null;
    }

    private static Find? ReadKeys(MapNode node)
    {
        if (!node.Has("rowKey"))
            return ReadKey(node, "partitionKey") is { } partition ? new Find.Partition(partition) : null;
        var fixedPartition = node.Text("partitionKey", "a row key alone is a scan");
        return ReadKey(node, "rowKey") is { } row ? new Find.Row(fixedPartition, row) : null;
    }

    private static KeyPath? ReadKey(MapNode node, string name)
    {
        var template = node.Text(name, "the key path by which it is found");
        if (KeyPath.TryParse(template, out var path))
            return path;
        if (template.Length > 0)
            node.Problem($"'{name}' is '{template}': it must hold exactly one of {{email}}, {{person}}, {{account}}, {{case}}, {{keyed}}");
        return null;
    }
}
