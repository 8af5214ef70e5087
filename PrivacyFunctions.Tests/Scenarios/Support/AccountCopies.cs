using System.Text.Json.Nodes;
using PrivacyFunctions.LocalHost.Azurite;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>
/// Gives what the usual account of a stopped Azurite holds to other accounts, in the files where it keeps its tables and what
/// it knows of its blobs (databases of LokiJS). The bytes of the blobs are shared. To write as much through Azurite takes ten
/// seconds for each account; this takes a tenth of a second.
/// </summary>
internal static class AccountCopies
{
    private const string Tables = "$TABLES_COLLECTION$";
    private static readonly string[] OfBlobs = ["$CONTAINERS_COLLECTION$", "$BLOBS_COLLECTION$"];

    /// <summary>Makes the copies; the usual account, which nobody uses then, is left with nothing.</summary>
    /// <param name="folder">Azurite's.</param>
    /// <param name="accounts">Those that get the copies.</param>
    public static void Make(string folder, IReadOnlyList<string> accounts)
    {
        Change(Path.Combine(folder, "__azurite_db_table__.json"), collections => CopyTables(collections, accounts));
        Change(Path.Combine(folder, "__azurite_db_blob__.json"), collections =>
        {
            foreach (var name in OfBlobs) CopyRows(Named(collections, name), "accountName", accounts);
        });
    }

    // A collection for each table, and a list of the tables.
    private static void CopyTables(JsonArray collections, IReadOnlyList<string> accounts)
    {
        CopyRows(Named(collections, Tables), "account", accounts);
        var own = $"{AzuritePorts.Account}$";
        foreach (var table in collections.Where(found => NameOf(found).StartsWith(own, StringComparison.Ordinal)).ToList())
        {
            collections.Remove(table);
            foreach (var account in accounts)
            {
                var copy = table!.DeepClone();
                copy["name"] = $"{account}${NameOf(table)[own.Length..]}";
                collections.Add(copy);
            }
        }
    }

    private static void CopyRows(JsonNode collection, string accountName, IReadOnlyList<string> accounts)
    {
        var rows = collection["data"]!.AsArray();
        var originals = rows.ToList();
        rows.Clear();
        var id = 0;
        foreach (var account in accounts)
            foreach (var original in originals)
            {
                var copy = original!.DeepClone();
                copy[accountName] = account;
                copy["$loki"] = ++id;
                rows.Add(copy);
            }

        collection["maxId"] = id;
        collection["idIndex"] = null;
    }

    private static void Change(string file, Action<JsonArray> change)
    {
        var database = JsonNode.Parse(File.ReadAllText(file))!;
        database["databaseVersion"] = 1.4; // of which LokiJS, when it loads it, builds every index anew
        change(database["collections"]!.AsArray());
        File.WriteAllText(file, database.ToJsonString());
    }

    private static JsonNode Named(JsonArray collections, string name) => collections.Single(found => NameOf(found) == name)!;

    private static string NameOf(JsonNode? collection) => collection!["name"]!.GetValue<string>();
}
