namespace PrivacyFunctions.LocalHost.Sample;

/// <summary>
/// All that the sample company holds on a day. The same day gives the same bytes, on every machine; another day gives
/// the same people and stories, moved in time.
/// </summary>
internal sealed class SampleData
{
    private readonly List<SampleRow> rows = [];
    private readonly List<SampleBlob> blobs = [];

    private SampleData(DateOnly today) => Midnight = new DateTimeOffset(today, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>The beginning of the day (UTC) that everything lies before.</summary>
    public DateTimeOffset Midnight { get; }

    public IReadOnlyList<SampleRow> Rows => rows;

    public IReadOnlyList<SampleBlob> Blobs => blobs;

    public static SampleData Generate(DateOnly today)
    {
        var data = new SampleData(today);
        AccountsSample.AddTo(data);
        WebsiteSample.AddTo(data);
        UsageSample.AddTo(data);
        SalesSample.AddTo(data);
        SupportSample.AddTo(data);
        ServiceSample.AddTo(data);
        data.blobs.AddRange(BackupSample.Of(data)); // last: copies of all the others
        return data;
    }

    /// <param name="holders">In which data set it belongs to whom.</param>
    /// <param name="properties">Those without a value are left out, as a table does.</param>
    public void AddRow(
        string table, string partitionKey, string rowKey, DateTimeOffset born, SampleHolder[] holders,
        params (string Name, object? Value)[] properties) =>
        rows.Add(new SampleRow(
            table, partitionKey, rowKey, born,
            [.. properties.Where(property => property.Value is not null)
                .Select(property => KeyValuePair.Create(property.Name, property.Value!))],
            holders));

    public void AddBlob(
        string container, string name, string contentType, DateTimeOffset born, BinaryData content,
        params SampleHolder[] holders) =>
        blobs.Add(new SampleBlob(container, name, contentType, born, content, holders));
}
