using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using PrivacyFunctions.Callers;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>The nights of the backups as an operator fires and sees them.</summary>
internal static class Nights
{
    private static readonly TimeSpan UntilFiredAgain = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Has a backup made of the data as it is now; its night. A night that was begun earlier does not count, so it is fired again
    /// until the next one has come.
    /// </summary>
    public static async Task<string> BackUpAsync(this ScenarioHost host)
    {
        var earlier = (await host.NewestNightsAsync()).Select(NightOf).FirstOrDefault();
        string? night = null;
        var fired = DateTimeOffset.MinValue;
        await host.UntilAsync(async () =>
        {
            if (DateTimeOffset.UtcNow - fired > UntilFiredAgain)
            {
                await host.FireAsync("BackUpNightly");
                fired = DateTimeOffset.UtcNow;
            }

            var newest = (await host.NewestNightsAsync()).FirstOrDefault(IsVerified);
            night = newest.ValueKind == JsonValueKind.Undefined ? null : NightOf(newest);
            return night is not null && string.CompareOrdinal(night, earlier) > 0;
        });
        return night!;
    }

    /// <summary>What the ledger says of a night.</summary>
    public static async Task<JsonElement> NightAsync(this ScenarioHost host, string night)
    {
        var after = DateOnly.ParseExact(night, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(1);
        return (await host.LedgerAsync(string.Create(CultureInfo.InvariantCulture, $"?before={after:yyyy-MM-dd}")))
            .Single(entry => NightOf(entry) == night);
    }

    /// <summary>The state of a night in a word.</summary>
    public static string State(this JsonElement entry) => entry.GetProperty("state").GetString()!;

    private static Task<IReadOnlyList<JsonElement>> NewestNightsAsync(this ScenarioHost host) => host.LedgerAsync("");

    private static async Task<IReadOnlyList<JsonElement>> LedgerAsync(this ScenarioHost host, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/operator/backups{query}");
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        using var answer = await host.App.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("backups").EnumerateArray()];
    }

    private static string NightOf(JsonElement entry) => entry.GetProperty("night").GetString()!;

    private static bool IsVerified(JsonElement entry) => entry.State() == "verified";
}
