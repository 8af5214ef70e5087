using System.Collections.Immutable;

namespace PrivacyFunctions.DataMap;

/// <summary>Reads one system with its data sets.</summary>
internal static class SystemReader
{
    /// <param name="system">The system's object.</param>
    /// <param name="recipients">Whom its sets may name, each name with one recipient or several.</param>
    public static DataSystem Read(MapNode system, ILookup<string, Recipient> recipients)
    {
        var name = system.Text("id");
        system.Rename($"system '{name}'");
        if (!SystemId.TryParse(name, out var id) && name.Length > 0)
            system.Problem("the id may hold lower-case letters, digits and hyphens only");

        var title = system.Text("title");
        var sets = system.Children("dataSets").Select(set => DataSetReader.Read(set, id, recipients)).ToImmutableArray();
        if (sets.IsEmpty)
            system.Problem("has no data set");
        system.ReportUnknown();
        return new DataSystem(id, title, sets);
    }
}
