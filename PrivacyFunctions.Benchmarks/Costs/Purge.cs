using System.Diagnostics;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Benchmarks.Costs;

/// <summary>How many rows a second a purge destroys.</summary>
internal static class Purge
{
    /// <summary>The emulator's own batch delete slows down as a partition grows.</summary>
    private const int RowsOfAnAccount = 5_000;

    private const int Accounts = 8;
    private const int LargestTransaction = 100;

    /// <param name="ground">The emulator.</param>
    /// <param name="report">Where the figures go.</param>
    /// <param name="scale">A share of the accounts.</param>
    public static async Task MeasureAsync(CostsGround ground, Report report, double scale)
    {
        var accounts = Enumerable.Range(1, Math.Max(2, (int)(Accounts * scale))).Select(number => $"a-{number:D3}").ToList();
        var (company, raw) = (ground.Table(ground.Contacts.Store.Name), ground.Table("rawContacts"));
        await raw.CreateIfNotExistsAsync();
        await WarmAsync(ground, company, raw);

        foreach (var atOnce in (int[])[1, accounts.Count])
        {
            var cases = new List<CaseId>();
            foreach (var account in accounts)
            {
                await CostsGround.FillAsync(company, account, RowsOfAnAccount);
                await CostsGround.FillAsync(raw, account, RowsOfAnAccount);
                cases.Add(await ground.EndAccountAsync(account, new TerminationFact.UndoOver(Erasure: null), new TerminationFact.PurgeBegun()));
            }

            var few = new ParallelOptions { MaxDegreeOfParallelism = atOnce };
            var deleted = await TimeAsync(() => Parallel.ForEachAsync(accounts, few, async (account, _) => await DeleteAsync(raw, account, RowsOfAnAccount)));
            var counted = await TimeAsync(() => Parallel.ForEachAsync(cases, few, async (id, _) => await CountAsync(ground, id)));
            var purged = await TimeAsync(() => Parallel.ForEachAsync(cases, few, async (id, _) => await PurgeAsync(ground, id)));
            if (await company.QueryAsync<TableEntity>().AnyAsync()) throw new InvalidOperationException("The purge left something.");
            var rows = accounts.Count * RowsOfAnAccount;
            var what = $"accounts at once: {atOnce}";
            var baseline = $"batches of {LargestTransaction} deletes, partitions at once: {atOnce}";
            report.Compare($"purge, {what}", rows / purged, "rows/s", rows / deleted, baseline);
            report.Compare($"purge and the count for the ledger, {what}", rows / (purged + counted), "rows/s", rows / deleted, baseline);
        }
    }

    // What is compiled at first use is not measured.
    private static async Task WarmAsync(CostsGround ground, TableClient company, TableClient raw)
    {
        await CostsGround.FillAsync(company, "a-000", 1_500);
        await CostsGround.FillAsync(raw, "a-000", 1_500);
        var id = await ground.EndAccountAsync("a-000", new TerminationFact.UndoOver(Erasure: null), new TerminationFact.PurgeBegun());
        await DeleteAsync(raw, "a-000", 1_500);
        await CountAsync(ground, id);
        await PurgeAsync(ground, id);
    }

    /// <returns>Seconds.</returns>
    private static async Task<double> TimeAsync(Func<Task> act)
    {
        var began = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static Task CountAsync(CostsGround ground, CaseId id) =>
        ground.Part<EnterPurge>().EnterDataSet(new PurgeStep(id, ground.Contacts.Id.Value), CancellationToken.None);

    private static async Task PurgeAsync(CostsGround ground, CaseId id)
    {
        var (purge, step) = (ground.Part<PurgeDataSet>(), new PurgeStep(id, ground.Contacts.Id.Value));
        while ((await purge.RunAsync(step, CancellationToken.None)).More)
        {
        }
    }

    private static async Task DeleteAsync(TableClient table, string partition, int rows)
    {
        foreach (var few in Enumerable.Range(0, rows).Chunk(LargestTransaction))
            await table.SubmitTransactionAsync(few.Select(number => new TableTransactionAction(
                TableTransactionActionType.Delete, new TableEntity(partition, CostsGround.RowKey(number)), ETag.All)));
    }
}
