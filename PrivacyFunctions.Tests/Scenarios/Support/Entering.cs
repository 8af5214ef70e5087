using System.Net;
using System.Text.Json;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>What operators do with requests that come by letter, telephone or e-mail.</summary>
internal static class Entering
{
    /// <summary>Enters a request; also one that is overdue by then.</summary>
    public static async Task<JsonElement> EnterAsync(
        this ScenarioHost host, DataSubject person, string receivedOn, string right = "access", string channel = "letter",
        string? text = null, string? submission = null, string? key = null, string? agent = null)
    {
        await person.LookAsync();
        var (status, entered) = await host.CallAsync(
            HttpMethod.Post, $"api/operator/requests/{right}",
            Without(new()
            {
                ["email"] = person.Address, ["receivedOn"] = receivedOn, ["channel"] = channel, ["text"] = text, ["submission"] = submission ?? $"{Guid.NewGuid():N}",
                ["confirmOverdue"] = "yes", ["agent"] = agent,
            }),
            key);
        Assert.True(status == HttpStatusCode.Accepted, $"{entered}");
        return entered;
    }

    /// <summary>What is wrong with an entry: each field with its words.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> RefusedAsync(
        this ScenarioHost host, Dictionary<string, string?> entry, string right = "access")
    {
        var (status, problem) = await host.CallAsync(HttpMethod.Post, $"api/operator/requests/{right}", Without(entry));
        Assert.True(status == HttpStatusCode.BadRequest, $"{status} {problem}");
        return problem.GetProperty("errors").EnumerateObject().ToDictionary(error => error.Name, error => error.Value[0].GetString()!);
    }

    private static Dictionary<string, string?> Without(Dictionary<string, string?> fields) =>
        fields.Where(field => field.Value is not null).ToDictionary(field => field.Key, field => field.Value);
}
