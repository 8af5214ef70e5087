using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Terminations;

namespace PrivacyFunctions.Benchmarks.Costs;

/// <summary>How many rows a second the copy of an account's data takes up, and how much memory.</summary>
internal static class Export
{
    private const int Rows = 100_000;
    private const int PageSize = 1_000;
    private const string Account = "a-900";
    private const double MostMegabytes = 250;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <param name="ground">The emulator.</param>
    /// <param name="report">Where the figures go.</param>
    /// <param name="scale">A share of the rows.</param>
    public static async Task MeasureAsync(CostsGround ground, Report report, double scale)
    {
        var rows = Math.Max(2_000, (int)(Rows * scale));
        var table = ground.Table(ground.Contacts.Store.Name);
        await CostsGround.FillAsync(table, "a-899", 2_000); // what is compiled at first use is not measured
        await QueryAsync(table, "a-899", 2_000);
        await PackageAsync(ground, await ground.EndAccountAsync("a-899"));
        await CostsGround.FillAsync(table, Account, rows);
        var id = await ground.EndAccountAsync(Account);

        GC.Collect();
        var queried = await MeasureAsync(rows, () => QueryAsync(table, Account, rows));
        GC.Collect();
        var packaged = await MeasureAsync(rows, () => PackageAsync(ground, id));
        var what = $"copy of an account of {rows.ToString("N0", CultureInfo.InvariantCulture)} rows";
        report.Compare(what, packaged.PerSecond, "rows/s", queried.PerSecond, $"query, {PageSize} rows a page");
        report.Compare($"{what}, memory allocated for a row", packaged.Allocated / 1e3, "kB", queried.Allocated / 1e3, "the query");
        report.Bound($"{what}, memory of the process", packaged.Peak / 1e6, "MB", MostMegabytes);
    }

    private static async Task<Figures> MeasureAsync(int rows, Func<Task> act)
    {
        using var over = new CancellationTokenSource();
        var peak = PeakAsync(over.Token);
        var (allocated, began) = (GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
        await act();
        var took = Stopwatch.GetElapsedTime(began);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        await over.CancelAsync();
        return new(rows / took.TotalSeconds, (double)allocated / rows, await peak);
    }

    private static async Task<long> PeakAsync(CancellationToken over)
    {
        using var self = Process.GetCurrentProcess();
        var peak = 0L;
        while (true)
        {
            self.Refresh();
            peak = Math.Max(peak, self.WorkingSet64);
            if (over.IsCancellationRequested) return peak;
            await Task.Delay(BetweenLooks, CancellationToken.None);
        }
    }

    private static async Task QueryAsync(TableClient table, string account, int rows)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {account}");
        var found = await table.QueryAsync<TableEntity>(filter, PageSize).CountAsync();
        if (found != rows) throw new InvalidOperationException($"The query found {found} rows.");
    }

    private static async Task PackageAsync(CostsGround ground, CaseId id)
    {
        var packaging = ground.Part<PackageServiceData>();
        while (await packaging.PackagePart(new CaseStep(id), CancellationToken.None) is var state && state != PackageState.Done)
            if (state == PackageState.NotNow)
                throw new InvalidOperationException("Nobody gets the copy.");
    }

    /// <param name="PerSecond">Rows.</param>
    /// <param name="Allocated">Bytes for a row.</param>
    /// <param name="Peak">The most memory that the process held, in bytes.</param>
    private sealed record Figures(double PerSecond, double Allocated, long Peak);
}
