using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace PrivacyFunctions.Benchmarks;

/// <summary>What a hundred thousand accounts cost whose end is under way: nobody waits in memory for three months.</summary>
internal static class Waiting
{
    private const int Terminations = 100_000;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    public static async Task MeasureAsync(Report report)
    {
        report.Begin(
            $"{Terminations.ToString("N0", CultureInfo.InvariantCulture)} waiting terminations",
            "One account is ended by an operator; when its workflow waits for the end of the time to undo it, its rows in the engine's database are copied "
            + "as often as needed, each copy an instance of its own with a timer of its own. Then the host starts on that database.");
        using var folder = new TemporaryFolder();
        var data = folder.File("data");
        await using (var host = await ServerProcess.HostAsync(data))
            await EndAccountAsync(host.Site, await File.ReadAllTextAsync(Path.Combine(data, "keys", "operator.key")));
        var copied = CopyWaiting(Path.Combine(data, "engine.db"), Terminations);
        if (copied != Terminations) throw new InvalidOperationException($"{copied} instances wait, not {Terminations}.");

        await using var loaded = await ServerProcess.HostAsync(data);
        report.Bound("start to first answer", loaded.FirstAnswer.TotalSeconds, "s", 5);
        await Task.Delay(Settle);
        var (before, began) = (loaded.Processor, Stopwatch.GetTimestamp());
        await Task.Delay(Idle);
        report.Bound(
            "processor, doing nothing", 100 * (loaded.Processor - before) / Stopwatch.GetElapsedTime(began), "% of a core", 1);
        report.Bound("memory", loaded.Memory / 1e6, "MB", 300);
    }

    private static async Task EndAccountAsync(Uri site, string key)
    {
        using var client = new HttpClient { BaseAddress = site };
        client.DefaultRequestHeaders.Add("X-Privacy-Key", key.Trim());
        using var ended = await client.PostAsJsonAsync("api/operator/terminations", new { account = "a-09" });
        ended.EnsureSuccessStatusCode();
        var reference = (await ended.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString();
        for (var looks = 0; looks < 600; looks++)
        {
            var found = await client.GetFromJsonAsync<JsonElement>($"api/operator/cases/{reference}");
            if (found.GetProperty("audit").EnumerateArray().Any(row => FactOf(row) == "export-offered"))
            {
                await Task.Delay(Settle); // the last thing that it does before it waits
                return;
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException("The account's end did not come to its wait within a minute.");
    }

    private static string FactOf(JsonElement auditRow) =>
        auditRow.GetProperty("entry").GetProperty("fact").GetProperty("fact").GetString()!;

    // A copy has its own numbers and ids; nothing else in a row names an instance until its timer fires.
    private static int CopyWaiting(string database, int copies)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            BEGIN;
            CREATE TEMP TABLE Copy AS
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $copies - 1) SELECT i FROM n;
            CREATE TEMP TABLE Original AS
                SELECT * FROM Instances WHERE completed IS NULL AND name LIKE '%Termination%';
            CREATE TEMP TABLE Stride AS SELECT max(execution) AS by FROM Instances;
            INSERT INTO Instances (execution, id, executionId, name, version, status, created, updated, completed, input, output,
                    customStatus, parent, parentExecution, start, turns, suspended, ending)
                SELECT execution + i * by, id || '-' || i, executionId || '-' || i, name, version, status, created, updated, completed,
                    input, output, customStatus, parent || '-' || i, parentExecution + i * by, start, turns, suspended, ending
                FROM Original, Copy, Stride;
            INSERT INTO History (execution, turn, events)
                SELECT execution + i * by, turn, events FROM History JOIN Original USING (execution), Copy, Stride;
            INSERT INTO NewEvents (execution, visibleAt, seq, later, event)
                SELECT execution + i * by, visibleAt, seq, later, event FROM NewEvents JOIN Original USING (execution), Copy, Stride;
            COMMIT;
            """;
        command.Parameters.AddWithValue("$copies", copies);
        command.ExecuteNonQuery();
        command.CommandText = """
            SELECT count(*) FROM Instances
            WHERE EXISTS (SELECT * FROM NewEvents WHERE NewEvents.execution = Instances.execution AND later = 1)
                AND name LIKE '%Termination%'
            """;
        return (int)(long)command.ExecuteScalar()!;
    }
}
