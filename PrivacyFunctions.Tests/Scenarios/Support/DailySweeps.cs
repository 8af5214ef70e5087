using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.Callers;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>The daily sweep as an operator fires and sees it.</summary>
internal static class DailySweeps
{
    private static readonly TimeSpan UntilFiredAgain = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Has these data sets swept as they are now; the day. A day whose sweep was begun earlier does not count, so it is fired again
    /// until the next one has come.
    /// </summary>
    public static async Task<string> SweepAsync(this ScenarioHost host, params string[] sets)
    {
        var earlier = (await host.SweepsAsync()).Select(DayOf).FirstOrDefault();
        string? day = null;
        var fired = DateTimeOffset.MinValue;
        await host.UntilAsync(async () =>
        {
            if (DateTimeOffset.UtcNow - fired > UntilFiredAgain)
            {
                await host.FireAsync("SweepDaily");
                fired = DateTimeOffset.UtcNow;
            }

            var sweeps = await host.SweepsAsync();
            day = sweeps.Where(IsOver).GroupBy(DayOf)
                .FirstOrDefault(found => sets.All(set => found.Any(sweep => sweep.GetProperty("dataSet").GetString() == set)))?.Key;
            return day is not null && string.CompareOrdinal(day, earlier) > 0;
        });
        return day!;
    }

    /// <summary>What the newest sweeps came to.</summary>
    public static async Task<IReadOnlyList<JsonElement>> SweepsAsync(this ScenarioHost host, string query = "") =>
        [.. (await host.RetentionAsync(query)).GetProperty("sweeps").EnumerateArray()];

    /// <summary>What the sweep of a day came to in a data set.</summary>
    public static async Task<JsonElement> SweepOfAsync(this ScenarioHost host, string day, string set) =>
        (await host.SweepsAsync()).Single(sweep => DayOf(sweep) == day && sweep.GetProperty("dataSet").GetString() == set);

    /// <summary>What the sweep of a day kept in a data set.</summary>
    public static async Task<IReadOnlyList<JsonElement>> KeptAsync(this ScenarioHost host, string day, string set) =>
        [.. (await host.RetentionAsync($"/kept?day={day}&set={set}")).GetProperty("kept").EnumerateArray()];

    public static long Count(this JsonElement sweep, string what) => sweep.GetProperty("counts").GetProperty(what).GetInt64();

    /// <summary>Writes a row of the company's, of a person or an address.</summary>
    public static async Task WriteAsync(
        this ScenarioHost host, string table, string partition, string row, params (string Name, object? Value)[] values)
    {
        var entity = new TableEntity(partition, row);
        foreach (var (name, value) in values) entity[name] = value;
        await new TableClient(host.Storage, table).UpsertEntityAsync(entity, TableUpdateMode.Replace);
    }

    /// <summary>The rows of a partition.</summary>
    public static async Task<IReadOnlyList<string>> RowsOfAsync(this ScenarioHost host, string table, string partition) =>
        await new TableClient(host.Storage, table)
            .QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"))
            .Select(row => row.RowKey).ToListAsync();

    public static string KeyOf(string address) => KeyPath.Encode(EmailAddress.Parse(address));

    private static async Task<JsonElement> RetentionAsync(this ScenarioHost host, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/operator/retention{path}");
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        using var answer = await host.App.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static string DayOf(JsonElement sweep) => sweep.GetProperty("day").GetString()!;

    private static bool IsOver(JsonElement sweep) => sweep.TryGetProperty("endedAt", out _);
}
