namespace PrivacyFunctions.DataMap;

/// <summary>Reads where a set lies; a kind without an adapter is refused.</summary>
internal static class StoreReader
{
    public static StoreLocation Read(MapNode node)
    {
        var kind = node.Choice<StoreKind>("kind", "the stores that have an adapter");
        var name = node.Text("name");
        StoreLocation store = kind switch
        {
            StoreKind.Table => new StoreLocation.Table(name),
            StoreKind.Blob => new StoreLocation.Blobs(name, node.OptionalText("document")),
            _ => throw new ArgumentOutOfRangeException(nameof(node), kind, "There is no such kind of store."),
        };
        node.ReportUnknown();
        return store;
    }
}
