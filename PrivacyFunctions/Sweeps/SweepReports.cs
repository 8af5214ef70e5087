using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.DataProtection;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Sweeps;

/// <summary>
/// The evidence of K-SCHEDULE: for each day and data set a row of counts, and beside it a row for each reason for which something
/// was kept. All rows of a day lie in one partition, newest day first, so that a page's counts are noted in one transaction.
/// </summary>
internal sealed class SweepReports(RecordStorage storage, IDataProtectionProvider protection)
{
    private const string Table = "privacyRetention";
    private const string OfSet = "set-";
    private const string OfKept = "kept-";
    private const int RowsInATransaction = 100;
    private const string Records = "Records";
    private const string Place = "Place";

    private readonly IDataProtector _seal = protection.CreateProtector("PrivacyFunctions.Sweeps", "v1", "place in a sweep");

    /// <summary>Opens the report of a set; the one that is there goes on where it is.</summary>
    public async Task<SweepReport> OpenAsync(SweepStep step, DateTimeOffset now, CancellationToken cancellation)
    {
        var opened = new SweepReport(step.Day, step.DataSet, now, EndedAt: null, new(), Attention: null)
        {
            Place = SweepPlace.Beginning(),
        };
        try
        {
            var added = await (await storage.TableAsync(Table)).AddEntityAsync(ToRow(opened), cancellation);
            return opened with { ETag = added.Headers.ETag!.Value };
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            // It was begun before.
        }

        return await FindAsync(step.Day, step.DataSet, cancellation)
            ?? throw new InvalidOperationException("The report that was just opened is not there.");
    }

    /// <summary>The report of a set on a day, or null.</summary>
    public async Task<SweepReport?> FindAsync(DateOnly day, string set, CancellationToken cancellation)
    {
        var found = await (await storage.TableAsync(Table)).GetEntityIfExistsAsync<TableEntity>(
            KeyOf(day), OfSet + set, cancellationToken: cancellation);
        return found.HasValue ? Read(found.Value!) : null;
    }

    /// <summary>Stores a report as it is now, with what it kept more than before: all or nothing.</summary>
    /// <exception cref="RequestFailedException">Somebody else was first: it is to be read again.</exception>
    public async Task<SweepReport> SaveAsync(
        SweepReport report, IReadOnlyDictionary<Protector, int> kept, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var actions = new List<TableTransactionAction>
        {
            new(TableTransactionActionType.UpdateReplace, ToRow(report), report.ETag),
        };
        foreach (var (by, records) in kept)
        {
            var row = new TableEntity(KeyOf(report.Day), KeyOf(report.DataSet, by));
            var before = await table.GetEntityIfExistsAsync<TableEntity>(
                row.PartitionKey, row.RowKey, [Records], cancellation);
            row["By"] = RecordJson.Write(by);
            row[Records] = records + (before.HasValue ? before.Value!.GetInt64(Records)!.Value : 0);
            actions.Add(new(TableTransactionActionType.UpsertReplace, row));
        }

        var stored = await table.SubmitTransactionAsync(actions, cancellation);
        return report with { ETag = stored.Value[0].Headers.ETag!.Value };
    }

    /// <summary>The reports of the days before a date, newest first; all without one. They are read as they are asked for.</summary>
    public async IAsyncEnumerable<SweepReport> ReportsAsync(
        DateOnly? before, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = before is { } date ? KeyOf(date) : "";
        var filter = TableClient.CreateQueryFilter($"PartitionKey gt {after} and RowKey ge {OfSet}");
        await foreach (var row in (await storage.TableAsync(Table))
            .QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return Read(row);
    }

    /// <summary>What a set's sweep kept, a page at a time.</summary>
    /// <param name="place">As an earlier page told it; null for the first.</param>
    public async Task<(IReadOnlyList<KeptRecords> Kept, string? Next)> KeptAsync(
        DateOnly day, string set, int size, string? place, CancellationToken cancellation)
    {
        var (partition, first, end) = (KeyOf(day), $"{OfKept}{set}~", $"{OfKept}{set}~~");
        var after = place is null ? first : first + place;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after} and RowKey lt {end}");
        var rows = await (await storage.TableAsync(Table))
            .QueryAsync<TableEntity>(filter, size, cancellationToken: cancellation).Take(size).ToListAsync(cancellation);
        return (
            [.. rows.Select(row => new KeptRecords(
                RecordJson.Read<Protector>(row.GetString("By")), row.GetInt64(Records)!.Value))],
            rows.Count == size ? rows[^1].RowKey[first.Length..] : null);
    }

    /// <summary>Deletes the reports of the days before a date.</summary>
    public async Task ForgetAsync(DateOnly before, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var filter = TableClient.CreateQueryFilter($"PartitionKey gt {KeyOf(before)}");
        string[] keys = [nameof(ITableEntity.PartitionKey), nameof(ITableEntity.RowKey)];
        await foreach (var page in table.QueryAsync<TableEntity>(filter, RowsInATransaction, keys, cancellation).AsPages())
            foreach (var day in page.Values.GroupBy(row => row.PartitionKey))
                await table.SubmitTransactionAsync(
                    day.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellation);
    }

    private TableEntity ToRow(SweepReport report) => new(KeyOf(report.Day), OfSet + report.DataSet)
    {
        [nameof(report.Day)] = Text(report.Day),
        [nameof(report.BeganAt)] = report.BeganAt,
        [nameof(report.EndedAt)] = report.EndedAt,
        [nameof(report.Counts)] = RecordJson.Write(report.Counts),
        [nameof(report.Attention)] = report.Attention,
        [nameof(report.BrokenSince)] = report.BrokenSince is { } since ? Text(since) : null,
        [Place] = report.Place is { } place ? _seal.Seal(Encoding.UTF8.GetBytes(RecordJson.Write(place))) : null,
    };

    private SweepReport Read(TableEntity row) => new(
        Date(row.GetString(nameof(SweepReport.Day))), row.RowKey[OfSet.Length..],
        row.GetDateTimeOffset(nameof(SweepReport.BeganAt))!.Value, row.GetDateTimeOffset(nameof(SweepReport.EndedAt)),
        RecordJson.Read<SweepCounts>(row.GetString(nameof(SweepReport.Counts))), row.GetString(nameof(SweepReport.Attention)))
    {
        BrokenSince = row.GetString(nameof(SweepReport.BrokenSince)) is { } since ? Date(since) : null,
        Place = row.GetString(Place) is { } sealedPlace && _seal.Open(sealedPlace) is { } place
            ? RecordJson.Read<SweepPlace>(Encoding.UTF8.GetString(place)) : null,
        ETag = row.ETag,
    };

    private static string KeyOf(string set, Protector by) =>
        $"{OfKept}{set}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(RecordJson.Write(by))))}";

    // The newest day has the lowest key.
    private static string KeyOf(DateOnly day) =>
        FormattableString.Invariant($"{DateOnly.MaxValue.DayNumber - day.DayNumber:D7}");

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
