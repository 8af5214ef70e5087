using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>The nights of a running host, whose clock is moved or which is killed.</summary>
[Clause("T-BACKUP")]
public class BackupTests
{
    [LocalFact("moves its clock", typeof(BackupsOnAnyHostTests))]
    public async Task Backups_AfterThirtyDays_OldOnesDiedOnTimeAndEachNightHasItsOwn()
    {
        await using var host = await LocalHostProcess.StartAsync();
        var samples = await NightsAsync(host);
        Assert.Equal(4, samples.Count);

        for (var day = 1; day <= 30; day++)
        {
            await host.PassAsync(TimeSpan.FromDays(1));
            // The night's work is done when the day's clock has moved, or soon after.
            var today = DateOnly.FromDateTime((await host.NowAsync()).UtcDateTime);
            if ((await host.NowAsync()).Hour < 1) continue;
            await host.UntilAsync(async () =>
                (await LedgerAsync(host)).Any(entry => Night(entry) == today && entry.GetProperty("state").GetString() == "verified"));
            Assert.All(await NightsAsync(host), night => Assert.InRange(today.DayNumber - night.DayNumber, 0, 28));
        }

        var ledger = await LedgerAsync(host);
        var nights = await NightsAsync(host);
        Assert.All(samples, sample => Assert.DoesNotContain(sample, nights));
        Assert.InRange(nights.Count, 27, 29);
        Assert.Equal(nights.Order(), ledger.Where(entry => !Has(entry, "deletedAt")).Select(Night).Order());
        Assert.Equal(ledger.Select(Night).OrderDescending(), ledger.Select(Night));
        foreach (var dead in samples.Select(sample => ledger.Single(entry => Night(entry) == sample)))
        {
            Assert.Equal("deleted", dead.GetProperty("state").GetString());
            Assert.True(dead.GetProperty("deletedAt").GetDateTimeOffset() < dead.GetProperty("born").GetDateTimeOffset().AddMonths(1));
            Assert.True(dead.GetProperty("rows").GetInt64() > 1000);
        }
    }

    [LocalFact]
    public async Task Night_HostKilledAtEveryStep_IsVerifiedOnceAndHoldsEverything()
    {
        await using var host = await LocalHostProcess.StartAsync(crashAt: "before:start");
        await host.DiesDuringAsync(() => FireAndWatchAsync(host));
        await host.RunAsync(crashAt: "after:start");
        await host.DiesDuringAsync(() => FireAndWatchAsync(host));
        foreach (var point in new[] { "before:CopyData", "after:CopyData", "after:VerifyBackup", "after:NoteVerified", "after:DeleteOldBackups" })
            await host.RunUntilItDiesAsync(point);
        await host.RunAsync();

        var today = DateOnly.FromDateTime((await host.NowAsync()).UtcDateTime);
        await host.UntilAsync(async () => (await LedgerAsync(host)).Any(entry => Night(entry) == today && Has(entry, "verifiedAt")));
        var entry = (await LedgerAsync(host)).Single(entry => Night(entry) == today);
        Assert.Equal(await CountAsync(host), entry.GetProperty("rows").GetInt64());

        // Asked for once more, it stays what it is.
        await host.FireAsync("BackUpNightly");
        Assert.Equal(entry.GetRawText(), (await LedgerAsync(host)).Single(again => Night(again) == today).GetRawText());
    }

    [Fact]
    public async Task Ledger_WithoutTheKeyOrWithNonsense_IsRefused()
    {
        var host = await ScenarioHost.SharedAsync();
        using var stranger = await host.App.GetAsync("api/operator/backups");
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);

        using var nonsense = await AskAsync(host, "?before=yesterday");
        Assert.Equal(HttpStatusCode.BadRequest, nonsense.StatusCode);

        using var page = await AskAsync(host, "?before=0001-01-02");
        Assert.Empty((await page.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("backups").EnumerateArray());
    }

    // The host answers before the function has run: its death shows when it is asked again.
    private static async Task FireAndWatchAsync(ScenarioHost host)
    {
        await host.FireAsync("BackUpNightly");
        await host.UntilAsync(async () => (await LedgerAsync(host)).Count < 0);
    }

    private static async Task<IReadOnlyList<JsonElement>> LedgerAsync(ScenarioHost host)
    {
        using var answer = await AskAsync(host, "");
        answer.EnsureSuccessStatusCode();
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("backups").EnumerateArray()];
    }

    private static async Task<HttpResponseMessage> AskAsync(ScenarioHost host, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/operator/backups{query}");
        request.Headers.Add("x-functions-key", host.FunctionKey);
        request.Headers.Add("accept", "application/json");
        return await host.App.SendAsync(request);
    }

    private static DateOnly Night(JsonElement entry) => DateOnly.Parse(entry.GetProperty("night").GetString()!);

    private static bool Has(JsonElement entry, string name) => entry.TryGetProperty(name, out _);

    private static async Task<IReadOnlyList<DateOnly>> NightsAsync(ScenarioHost host)
    {
        var nights = new SortedSet<DateOnly>();
        await foreach (var blob in new BlobServiceClient(host.Storage).GetBlobContainerClient("backups").GetBlobsAsync())
            nights.Add(DateOnly.Parse(blob.Name[..10]));
        return [.. nights];
    }

    // Everything of the company, counted in its own stores.
    private static async Task<long> CountAsync(ScenarioHost host)
    {
        var count = 0L;
        var tables = new TableServiceClient(host.Storage);
        await foreach (var table in tables.QueryAsync())
            if (table.Name.StartsWith("company", StringComparison.Ordinal) && table.Name != "companySeed")
                count += await tables.GetTableClient(table.Name).QueryAsync<TableEntity>(select: ["RowKey"]).CountAsync();
        var blobs = new BlobServiceClient(host.Storage);
        await foreach (var container in blobs.GetBlobContainersAsync(prefix: "company-"))
            count += await blobs.GetBlobContainerClient(container.Name).GetBlobsAsync().CountAsync();
        return count;
    }
}
