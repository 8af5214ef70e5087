using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>The host of a run, its clock, and all that is known of its cases from outside.</summary>
internal sealed class MixedWorld(MortalHost host, int seed, MixedPolicy policy)
{
    private readonly Dictionary<string, Story> _byReference = [];
    private readonly List<Story> _stories = [];
    private readonly List<string> _problems = [];

    public MortalHost Host => host;

    public MixedPolicy Policy => policy;

    /// <summary>The keys of two operators who approve.</summary>
    public IReadOnlyList<string> Approvers { get; private set; } = [];

    /// <summary>The moved clock, UTC, as it was read last.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>The day of the run; its acts are done by daylight, so the legal time zone has the same.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    /// <summary>The cases, in the order in which they became known.</summary>
    public IReadOnlyList<Story> Stories
    {
        get
        {
            lock (_stories) return [.. _stories];
        }
    }

    /// <summary>What was not as it has to be.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Another chance, which does not depend on what was drawn from others.</summary>
    public Random ChanceOf(int number) => new(unchecked(seed * 31 + number));

    /// <summary>Hires the two operators.</summary>
    public async Task HireAsync() => Approvers = [await host.IssueKeyAsync("op-1", CallerRole.Approver), await host.IssueKeyAsync("op-2", CallerRole.Approver)];

    public Story Add(Story story)
    {
        lock (_stories) _stories.Add(story);
        return story;
    }

    /// <summary>The case of that reference; null if nobody of the run knows it.</summary>
    public Story? Find(string reference)
    {
        lock (_stories) return _byReference.GetValueOrDefault(reference);
    }

    /// <summary>The form, or an operator, gave the case that reference.</summary>
    public void Know(Story story, string reference)
    {
        story.Reference = reference;
        lock (_stories) _byReference[reference] = story;
    }

    /// <summary>Something is not as it has to be.</summary>
    public void Complain(Story? story, string problem)
    {
        lock (_problems) _problems.Add($"{problem}\n{story}");
    }

    /// <summary>Notes that something was done.</summary>
    public void Did(Story story, string what) => story.Deeds.Add(new(Now, what));

    public async Task PassToAsync(DateTimeOffset instant)
    {
        await host.PassToAsync(instant);
        Now = await host.NowAsync();
    }

    public async Task PassAsync(TimeSpan span)
    {
        await host.PassAsync(span);
        Now = await host.NowAsync();
    }

    /// <summary>Posts as a person does; what came back.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object? body = null) =>
        await SendAsync(new(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) });

    /// <summary>Calls a route of the operators.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> OperateAsync(string path, object? body = null, HttpMethod? method = null, string? key = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Post, $"api/operator/{path}")
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        request.Headers.Add(CallerKey.Header, key ?? host.OperatorKey);
        return await SendAsync(request);
    }

    /// <summary>The same where it has to come to that.</summary>
    public async Task<JsonElement> OperateAsync(Story story, string path, object body, HttpStatusCode expected, string? key = null)
    {
        var (status, answer) = await OperateAsync(path, body, key: key);
        if (status != expected) Complain(story, $"{Now:yyyy-MM-dd HH:mm} POST {path} {JsonSerializer.Serialize(body)} came to {(int)status}, not {(int)expected}: {answer}");
        return answer;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            request.Headers.Accept.Add(new("application/json"));
            using var answer = await host.App.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            if ((int)answer.StatusCode >= 500 && answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                Complain(null, $"{request.Method} {request.RequestUri} came to {(int)answer.StatusCode}");
            return (answer.StatusCode, text is ['{', ..] ? JsonDocument.Parse(text).RootElement : default);
        }
    }
}
