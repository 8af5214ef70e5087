using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>What people and operators write to each other about a case.</summary>
internal static partial class Writing
{
    public const string Message = "A message about your request";
    public const string Question = "A question about your request";
    public const string PersonWrote = "A person wrote to us about their request";
    public const string Unanswered = "A person has not answered our question";

    /// <summary>The path of the page of a case, by the newest mail with that subject.</summary>
    public static async Task<string> PageAsync(this DataSubject person, ScenarioHost host, string subject)
    {
        var mail = await host.Outbox.ReceiveAsync(person.Address, subject);
        return new Uri(CasePage().Matches(mail.Text!)[^1].Value).AbsolutePath.TrimStart('/');
    }

    /// <summary>Writes to us on the page of the case; the status of the answer.</summary>
    public static async Task<HttpStatusCode> WriteAsync(this DataSubject person, string page, string text, string? submission = null)
    {
        using var answer = await person.PostAsync($"{page}/message", new { text, submission });
        return answer.StatusCode;
    }

    /// <summary>Writes to the person as an operator does.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Body)> WriteToPersonAsync(
        this ScenarioHost host, string reference, string text, bool asks = false, string? key = null) =>
        await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/messages", new { text, asks = asks ? "yes" : "", submission = key });

    /// <summary>What an operator reads.</summary>
    public static async Task<JsonElement> MessagesAsync(this ScenarioHost host, string reference)
    {
        var (status, body) = await host.CallAsync(HttpMethod.Get, $"api/operator/cases/{reference}/messages");
        Assert.Equal(HttpStatusCode.OK, status);
        return body;
    }

    /// <summary>Reads all of it, and says so.</summary>
    public static async Task<HttpStatusCode> ReadAsync(this ScenarioHost host, string reference)
    {
        await host.MessagesAsync(reference);
        return (await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/messages/read")).Status;
    }

    /// <summary>Who wrote what, in its order.</summary>
    public static IReadOnlyList<(string From, string Words)> Written(this JsonElement view) =>
        [.. view.GetProperty("messages").EnumerateArray().Select(each => (each.GetProperty("from").GetString()!, each.GetProperty("words").GetString()!))];

    [GeneratedRegex(@"https?://\S+/requests/case/[^/\s]+(?=\s|$)")]
    private static partial Regex CasePage();
}
