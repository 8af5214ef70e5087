using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Callers.OpenApi;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>What operators do with complaints, and the mails about them.</summary>
internal static class Complaining
{
    public const string Right = "complaint";
    public const string Received = "We have your complaint";
    public const string Decided = "The outcome of your complaint";
    public const string Waits = "A complaint waits for a decision";

    /// <summary>Complains in these words; the reference.</summary>
    public static Task<string> ComplainAsync(this DataSubject person, string words, string? submission = null) =>
        person.AskAsync(submission, Right, text: words);

    /// <summary>Waits until a complaint waits for its decision.</summary>
    public static Task<JsonElement> UntilItWaitsAsync(this ScenarioHost host, string reference) =>
        host.UntilAsync(reference, view => view.Status() == "awaitingDecision");

    /// <summary>What an operator reads of a complaint.</summary>
    public static async Task<JsonElement> StatementAsync(this ScenarioHost host, string reference)
    {
        var (status, body) = await host.CallAsync(HttpMethod.Get, $"api/operator/cases/{reference}/statement");
        Assert.Equal(HttpStatusCode.OK, status);
        return body;
    }

    /// <summary>The words of all statements, in their order.</summary>
    public static IReadOnlyList<string> Words(this JsonElement view) =>
        [.. view.GetProperty("statements").EnumerateArray().Select(said => said.GetProperty("words").GetString()!)];

    /// <summary>Decides a complaint that was read.</summary>
    public static Task<(HttpStatusCode Status, JsonElement Body)> DecideAsync(
        this ScenarioHost host, string reference, string outcome, string explanation) =>
        host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/outcome", new { outcome, explanation });

    /// <summary>Calls a route with the operator's key, or another one. What it answers if all is well is as docs/openapi.json says.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(
        this ScenarioHost host, HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add(CallerKey.Header, key ?? host.OperatorKey);
        using var answer = await host.App.SendAsync(request);
        var read = await answer.Content.ReadFromJsonAsync<JsonElement>();
        ApiAnswers.Check(method, path, answer.StatusCode, read);
        return (answer.StatusCode, read);
    }
}
