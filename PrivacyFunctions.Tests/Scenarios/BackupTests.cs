using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Blobs;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>The nights of a running host, whose clock is moved.</summary>
[Clause("T-BACKUP")]
public class BackupTests
{
    [LocalFact("moves its clock", typeof(BackupsOnAnyHostTests))]
    public async Task Backups_AfterThirtyDays_OldOnesDiedOnTimeAndEachNightHasItsOwn()
    {
        await using var host = await LocalHostHere.StartAsync();
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

    internal static async Task<IReadOnlyList<JsonElement>> LedgerAsync(ScenarioHost host)
    {
        using var answer = await AskAsync(host, "");
        answer.EnsureSuccessStatusCode();
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("backups").EnumerateArray()];
    }

    private static async Task<HttpResponseMessage> AskAsync(ScenarioHost host, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/operator/backups{query}");
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        request.Headers.Add("accept", "application/json");
        return await host.App.SendAsync(request);
    }

    internal static DateOnly Night(JsonElement entry) => DateOnly.Parse(entry.GetProperty("night").GetString()!);

    internal static bool Has(JsonElement entry, string name) => entry.TryGetProperty(name, out _);

    private static async Task<IReadOnlyList<DateOnly>> NightsAsync(ScenarioHost host)
    {
        var nights = new SortedSet<DateOnly>();
        await foreach (var blob in new BlobServiceClient(host.Storage).GetBlobContainerClient("backups").GetBlobsAsync())
            nights.Add(DateOnly.Parse(blob.Name[..10]));
        return [.. nights];
    }
}
