using System.Text.Json;

namespace PrivacyFunctions.DataMap;

/// <summary>
/// This program's own records and its backups, which are data sets like any other and belong to every map by themselves
/// (<c>datamap.own.json</c>). Their recipients are whoever the company's map says keeps them and delivers the mails.
/// </summary>
internal static class OwnRecords
{
    private const string Resource = "datamap.own.json";

    /// <summary>The systems to be joined to a map. A map that names one of them, or a set or store of theirs, gets a problem.</summary>
    public static IReadOnlyList<DataSystem> Join(
        MapNode map, IReadOnlyList<DataSystem> systems, IReadOnlyList<Recipient> recipients)
    {
        var own = Read(RecipientsOf(map, recipients));
        var (ids, sets) = (own.Select(system => system.Id).ToHashSet(), own.SelectMany(system => system.DataSets).ToList());
        foreach (var system in systems)
            if (ids.Contains(system.Id))
                map.Problem($"system '{system.Id}' is this program's own and belongs to every map by itself: take it out");
            else
                foreach (var set in system.DataSets)
                    if (sets.Exists(mine => mine.Id == set.Id))
                        map.Problem($"data set '{set.Id}' is this program's own and belongs to every map by itself: take it out");
                    else if (sets.Exists(mine => mine.Store.Kind == set.Store.Kind && mine.Store.Name == set.Store.Name))
                        map.Problem($"data set '{set.Id}' lies in '{set.Store.Name}', where this program keeps its own records");
                    else if (set.Find is { Key: { Kind: KeyKind.Case or KeyKind.Keyed } key })
                        map.Problem($"data set '{set.Id}' is found by {key}, by which only this program's own records are found");
                    else if (set is { Role: Role.Controller, AnchorField: not null, Find: null })
                        map.Problem($"data set '{set.Id}' has an 'anchor' but no 'find', so the sweep could not tell whom a hold protects in it");
        return [.. own.Where(system => !systems.Any(other => other.Id == system.Id))];
    }

    private static ILookup<string, Recipient> RecipientsOf(MapNode map, IReadOnlyList<Recipient> recipients)
    {
        var all = recipients.Where(recipient => recipient.Kind is RecipientKind.Staff).Select(recipient => ("staff", recipient))
            .Concat(recipients.Where(recipient => recipient.KeepsRecords).Select(recipient => ("records", recipient)))
            .Concat(recipients.Where(recipient => recipient.DeliversMail).Select(recipient => ("mail", recipient)))
            .ToLookup(named => named.Item1, named => named.recipient);
        if (!all.Contains("staff"))
            map.Problem("no recipient is of the kind staff (our own people work on the requests: clause C-RECIPIENTS)");
        if (!all.Contains("records"))
            map.Problem("no recipient has 'keepsRecords' (this program's own records lie with somebody: clause C-RECIPIENTS)");
        if (!all.Contains("mail"))
            map.Problem("no recipient has 'deliversMail' (somebody delivers this program's mails: clause C-RECIPIENTS)");
        return all;
    }

    // What is missing in the company's map was said in its own words; only a mistake of ours is left.
    private static List<DataSystem> Read(ILookup<string, Recipient> recipients)
    {
        using var json = typeof(OwnRecords).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded in the assembly.");
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
        var problems = new List<string>();
        var node = new MapNode(document.RootElement, Resource, problems);
        var own = node.Children("systems").Select(system => SystemReader.Read(system, recipients) with { IsOwn = true }).ToList();
        node.ReportUnknown();
        return problems.Count == 0 || recipients.Count < 3 ? own : throw new DataMapException(problems);
    }
}
