using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PrivacyFunctions.Callers;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>What an operator sees of cases.</summary>
internal static class Cases
{
    public static async Task<JsonElement> CaseAsync(this ScenarioHost host, string reference)
    {
        using var answer = await host.GetCaseAsync(reference, host.OperatorKey);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static async Task<HttpResponseMessage> GetCaseAsync(this ScenarioHost host, string reference, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/operator/cases/{reference}");
        if (key is not null) request.Headers.Add(CallerKey.Header, key);
        return await host.App.SendAsync(request);
    }

    /// <summary>Waits until the case is as it should become.</summary>
    public static async Task<JsonElement> UntilAsync(this ScenarioHost host, string reference, Func<JsonElement, bool> reached)
    {
        var view = await host.CaseAsync(reference);
        await host.UntilAsync(async () => reached(view = await host.CaseAsync(reference)), () => $"{view}");
        return view;
    }

    /// <summary>Waits until something is so; looks again at every turn of the real clock, and lets legal time pass where that is
    /// up to the test: not before it has looked twice, for what comes without it.</summary>
    /// <param name="host">Where it is to become so.</param>
    /// <param name="reached">Whether it is.</param>
    /// <param name="instead">What was seen last, for the message of a test that waited in vain.</param>
    public static async Task UntilAsync(this ScenarioHost host, Func<Task<bool>> reached, Func<string>? instead = null)
    {
        using var limit = new CancellationTokenSource(host.Patience);
        using var turn = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var looks = 1; !await reached(); looks++)
        {
            if (limit.IsCancellationRequested)
                Assert.Fail($"It did not become so within {host.Patience}. Seen last: {instead?.Invoke()}\n{(host as OwnClockHost)?.Output}");
            await turn.WaitForNextTickAsync(CancellationToken.None);
            if (looks > 2) await host.LetTimePassAsync();
        }
    }

    public static string Status(this JsonElement view) => view.GetProperty("case").GetProperty("status").GetString()!;

    public static string Outcome(this JsonElement view) => view.GetProperty("case").GetProperty("outcome").GetString()!;

    /// <summary>What the case shows as waiting for a person.</summary>
    public static IReadOnlyList<string> Attention(this JsonElement view) =>
        view.GetProperty("case").TryGetProperty("attention", out var marks)
            ? [.. marks.EnumerateArray().Select(mark => mark.GetProperty("step").GetString()!)]
            : [];

    public static bool ChainIsIntact(this JsonElement view) => view.GetProperty("chain").GetProperty("intact").GetBoolean();

    /// <summary>Who did what this fact says, in the newest row that says it.</summary>
    public static string ActorOf(this JsonElement view, string fact) => view.GetProperty("audit").EnumerateArray()
        .Select(row => row.GetProperty("entry"))
        .Last(entry => entry.GetProperty("fact").GetProperty("fact").GetString() == fact)
        .GetProperty("actor").GetString()!;

    /// <summary>What its procedure did: without what recipients of the data were told, which stands beside it.</summary>
    public static IReadOnlyList<string> Steps(this JsonElement view) =>
        [.. view.Facts().Where(fact => !fact.StartsWith("recipient", StringComparison.Ordinal))];

    public static IReadOnlyList<string> Facts(this JsonElement view) =>
        [.. view.GetProperty("audit").EnumerateArray()
            .Select(row => row.GetProperty("entry").GetProperty("fact").GetProperty("fact").GetString()!)];
}
