using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace PrivacyFunctions.LocalHost.Sample;

/// <summary>The row that remembers for which day a sample was begun, and whether it is complete.</summary>
internal sealed class SampleMarker
{
    private const string Partition = "seed";
    private const string Row = "sample";
    private const string DayFormat = "yyyy-MM-dd";

    private readonly TableClient table;

    private SampleMarker(TableClient table, DateOnly today, bool isDone) => (this.table, Today, IsDone) = (table, today, isDone);

    public DateOnly Today { get; }

    public bool IsDone { get; }

    /// <summary>Finds the marker of an earlier seed, or makes one for today.</summary>
    public static async Task<SampleMarker> BeginAsync(TableClient table, DateOnly today, CancellationToken cancellation)
    {
        await table.CreateIfNotExistsAsync(cancellation);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellation);
        if (found is { HasValue: true, Value: { } earlier })
        {
            var begun = DateOnly.ParseExact(earlier.GetString("Today"), DayFormat, CultureInfo.InvariantCulture);
            return new SampleMarker(table, begun, earlier.GetBoolean("Done") is true);
        }

        var marker = new SampleMarker(table, today, isDone: false);
        await table.AddEntityAsync(marker.ToEntity(done: false), cancellation);
        return marker;
    }

    public async Task DoneAsync(CancellationToken cancellation) =>
        await table.UpdateEntityAsync(ToEntity(done: true), ETag.All, TableUpdateMode.Replace, cancellation);

    private TableEntity ToEntity(bool done) =>
        new(Partition, Row) { ["Today"] = Today.ToString(DayFormat, CultureInfo.InvariantCulture), ["Done"] = done };
}
