using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.Callers;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>What an operator does with the plans of erasure requests, and what a person asks for.</summary>
internal static class Erasing
{
    /// <summary>Asks to have the data erased, and confirms; the case's reference.</summary>
    public static async Task<string> AskToEraseAsync(this DataSubject person)
    {
        var reference = await person.AskAsync(right: "erasure");
        await person.ConfirmAsync();
        return reference;
    }

    /// <summary>Waits until a plan waits for an operator; the plan.</summary>
    public static async Task<JsonElement> WaitingPlanAsync(this ScenarioHost host, string reference)
    {
        await host.UntilAsync(reference, view => view.Status() == "awaitingApproval");
        using var answer = await host.GetPlanAsync(reference, host.OperatorKey);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static async Task<HttpResponseMessage> GetPlanAsync(this ScenarioHost host, string reference, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/operator/cases/{reference}/plan");
        if (key is not null) request.Headers.Add(CallerKey.Header, key);
        return await host.App.SendAsync(request);
    }

    /// <summary>Posts an approval, as it is given; with that key, or the one that has every role.</summary>
    public static async Task<HttpResponseMessage> ApproveAsync(
        this ScenarioHost host, string reference, object approval, string? key = null, bool withKey = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/operator/cases/{reference}/plan/approval")
        {
            Content = JsonContent.Create(approval),
        };
        if (withKey) request.Headers.Add(CallerKey.Header, key ?? host.OperatorKey);
        return await host.App.SendAsync(request);
    }

    /// <summary>An operator looks at the plan that waits and approves it; the plan.</summary>
    public static async Task<JsonElement> ApproveWaitingPlanAsync(this ScenarioHost host, string reference)
    {
        var plan = await host.WaitingPlanAsync(reference);
        using var answer = await host.ApproveAsync(reference, new { hash = plan.Hash() });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return plan;
    }

    /// <summary>Posts to an operator's endpoint and expects that it works.</summary>
    public static async Task OperateAsync(this ScenarioHost host, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/operator/{path}") { Content = JsonContent.Create(body) };
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        using var answer = await host.App.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
    }

    /// <summary>How many rows a partition holds.</summary>
    public static async Task<int> RowsAsync(this ScenarioHost host, string table, string partition)
    {
        var count = 0;
        var rows = new TableServiceClient(host.Storage).GetTableClient(table)
            .QueryAsync<TableEntity>(row => row.PartitionKey == partition, select: ["RowKey"]);
        await foreach (var _ in rows) count++;
        return count;
    }

    public static string Hash(this JsonElement plan) => plan.GetProperty("hash").GetString()!;

    /// <summary>The lines of a plan for one data set.</summary>
    public static JsonElement Line(this JsonElement plan, string dataSet) =>
        plan.GetProperty("lines").EnumerateArray().Single(line => line.GetProperty("dataSet").GetString() == dataSet);
}

/// <summary>Words by which an erasure's mails are told apart.</summary>
internal static class ErasureMails
{
    public const string Done = "Your data is erased";
    public const string Stays = "Your data has to stay, and why";
    public const string Nothing = "We hold no data about you";
    public const string PlanWaits = "An erasure plan waits for approval";
    public const string Escalation = "An erasure plan still waits for approval";
    public const string Recipients = "Please tell the recipients of an erasure";
    public const string Officer = "privacy@1partner360security.com";
}
