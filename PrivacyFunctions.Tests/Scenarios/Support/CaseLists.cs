using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PrivacyFunctions.Callers;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>The operators' list of cases.</summary>
internal static class CaseLists
{
    /// <summary>A page of the list, with what stands behind its address.</summary>
    public static async Task<JsonElement> ListAsync(this ScenarioHost host, string query)
    {
        using var answer = await host.GetAsync($"api/operator/cases{query}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The references of the cases of a page, in its order.</summary>
    public static async Task<IReadOnlyList<string>> ReferencesAsync(this ScenarioHost host, string query) =>
        (await host.ListAsync(query)).References();

    /// <summary>The only case of a list.</summary>
    public static async Task<JsonElement> SingleAsync(this ScenarioHost host, string query) =>
        (await host.ListAsync(query)).GetProperty("cases").EnumerateArray().Single();

    public static IReadOnlyList<string> References(this JsonElement page) =>
        [.. page.GetProperty("cases").EnumerateArray().Select(Reference)];

    public static string Reference(this JsonElement summary) => summary.GetProperty("reference").GetString()!;

    public static string? Next(this JsonElement page) => page.TryGetProperty("next", out var next) ? next.GetString() : null;

    /// <summary>Looks at an operator's address, with the key that has every role.</summary>
    public static async Task<HttpResponseMessage> GetAsync(this ScenarioHost host, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        return await host.App.SendAsync(request);
    }
}
