using System.Net;
using System.Text.Json;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>What operators do with requests of people without an e-mail address.</summary>
internal static class Posting
{
    /// <summary>Where an answer goes.</summary>
    public const string AnswerTo = "Greta Almqvist\nStorgatan 7\n222 22 Lund";

    /// <summary>Enters a letter; also one that is overdue by then.</summary>
    public static async Task<JsonElement> EnterByPostAsync(
        this ScenarioHost host, string receivedOn, string right = "access", string? submission = null, string? residence = null, string? key = null)
    {
        var (status, entered) = await host.TryEnterByPostAsync(Letter(receivedOn, submission, residence), right, key);
        Assert.True(status == HttpStatusCode.Accepted, $"{entered}");
        return entered;
    }

    /// <summary>The fields of a letter that can be entered.</summary>
    public static Dictionary<string, string> Letter(string receivedOn, string? submission = null, string? residence = null) => new()
    {
        ["answerTo"] = AnswerTo, ["channel"] = "letter", ["receivedOn"] = receivedOn, ["submission"] = submission ?? $"{Guid.NewGuid():N}", ["residence"] = residence ?? "",
        ["confirmOverdue"] = "yes",
    };

    /// <summary>Enters what may be wrong.</summary>
    public static Task<(HttpStatusCode Status, JsonElement Body)> TryEnterByPostAsync(
        this ScenarioHost host, Dictionary<string, string> letter, string right = "access", string? key = null) =>
        host.CallAsync(HttpMethod.Post, $"api/operator/requests/{right}/by-post", letter, key);

    /// <summary>Says that an answer was posted.</summary>
    public static Task<(HttpStatusCode Status, JsonElement Body)> AnswerByPostAsync(this ScenarioHost host, string reference, object body) =>
        host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/answer", body);

    /// <summary>Lets it go on under an address.</summary>
    public static Task<(HttpStatusCode Status, JsonElement Body)> GoOnByMailAsync(this ScenarioHost host, string reference, object body) =>
        host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/mailbox", body);

    /// <summary>Looks where the answer goes.</summary>
    public static Task<(HttpStatusCode Status, JsonElement Body)> PostalAddressAsync(this ScenarioHost host, string reference) =>
        host.CallAsync(HttpMethod.Get, $"api/operator/cases/{reference}/postal-address");
}
