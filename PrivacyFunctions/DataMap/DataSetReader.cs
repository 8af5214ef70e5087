using System.Collections.Immutable;

namespace PrivacyFunctions.DataMap;

/// <summary>Reads one data set and holds it to what the law and the policy want told about it.</summary>
internal static class DataSetReader
{
    public static DataSet Read(MapNode node, SystemId system, ILookup<string, Recipient> recipients)
    {
        var name = node.Text("id");
        node.Rename($"data set '{name}'");
        if (!DataSetId.TryParse(name, out var id) && name.Length > 0)
            node.Problem("the id may hold lower-case letters, digits and hyphens only");

        var role = node.Choice<Role>("role");
        var fields = FieldReader.ReadAll(node);
        var store = StoreReader.Read(node.Child("store", "an adapter must know where it lies"));
        var notGathered = node.OptionalText("notGathered");
        var retention = DutyReader.ReadRetention(node.Child("retention", "each set has an end: clause K-SCHEDULE"), fields);
        var find = FindReader.Read(node, role, store, fields, isGathered: role is Role.Controller && notGathered is null);
        var ofAccount = role is Role.Processor ? find : FindReader.ReadOfAccount(node, retention, store, fields);
        var set = new DataSet(
            id,
            system,
            node.Text("title"),
            role,
            DutyReader.ReadOrigin(node.Child("origin", "clause C-SOURCE")),
            node.Text("purpose", "Art. 15(1)(a)"),
            DutyReader.ReadBasis(node.Child("basis", "each use has a legal basis: clause C-BASIS")),
            ReadRecipients(node, recipients),
            retention,
            DutyReader.ReadErasure(node.Child("erasure", "Art. 17"), fields),
            DutyReader.ReadDecision(node),
            store,
            find,
            ofAccount,
            fields,
            notGathered,
            IdentityReader.Read(node, role, store, find, fields),
            OwnershipReader.Read(node, role, ofAccount, fields),
            SubscriptionReader.Read(node, role, store, find, fields));

        if (set is { GoesWithLastAccount: true, IsFoundByPerson: false, Find: not null })
            node.Problem("it goes with the person's last account, so it must be found by {person}, or have 'ofAccount' if it goes with one");
        HoldRetentionToASweep(node, set);
        HoldFilesToTheStore(node, set);
        HoldAnonymisingToTheStore(node, set);
        node.ReportUnknown();
        return set;
    }

    private static ImmutableArray<Recipient> ReadRecipients(MapNode node, ILookup<string, Recipient> known)
    {
        var names = node.Texts("recipients").ToList();
        if (names.Count == 0)
            node.Problem("'recipients' is missing (our own staff at least: clause C-RECIPIENTS)");
        foreach (var unknown in names.Where(name => !known.Contains(name)))
            node.Problem($"recipient '{unknown}' is not among the map's recipients");
        return [.. names.SelectMany(name => known[name]).Distinct()];
    }

    /// <summary>What no sweep can tell the end of would stay for ever (clause K-SCHEDULE).</summary>
    private static void HoldRetentionToASweep(MapNode node, DataSet set)
    {
        if (!node.Has("retention") || set.Retention is not Retention.After after)
            return;
        if (set.Role is Role.Processor)
            node.Problem("service data stays as long as its account, so the retention's rule is accountLife (clause T-ACTIVE)");
        else if (set.IsGathered && after.Anchor is null)
            node.Problem("its retention has no 'anchor', so nothing would ever end it (clause K-SCHEDULE)");
        else if (after.Anchor is not null && AreFiles(set))
            node.Problem("its retention has an 'anchor', so its store must name the 'document' that holds it");
    }

    private static void HoldFilesToTheStore(MapNode node, DataSet set)
    {
        var holdsFiles = set.Fields.Any(field => field.IsFile);
        if (holdsFiles && set.Store.Match(table => !set.IsToldFromOurRecords, blobs => false))
            node.Problem("a field with 'file' belongs to a blob store"); // our own records know where the files of a row lie
        if (!holdsFiles && AreFiles(set))
            node.Problem("its blobs are files, so a field with 'file' must describe them");
    }

    private static bool AreFiles(DataSet set) => set.Store.Match(table => false, blobs => blobs.AreFiles);

    private static void HoldAnonymisingToTheStore(MapNode node, DataSet set)
    {
        if (set.Erasure.Action is not ErasureAction.Anonymise)
            return;
        if (set.Store.Match(table => false, blobs => true))
            node.Problem("blobs cannot be anonymised, only erased or retained");
        if (set.Find is Find.Scan scan && !set.Erasure.Clears.Contains(scan.Property))
            node.Problem($"the person is found by '{scan.Property}', so what is anonymised must lose it: name it in 'clears'");
    }
}
