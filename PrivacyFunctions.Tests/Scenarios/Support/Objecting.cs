using System.Net;
using System.Text.Json;
using Azure.Data.Tables;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>What people and operators do with objections to a use, and the mails about them.</summary>
internal static class Objecting
{
    public const string Right = "use";
    public const string Reasons = "My former partner reads in your forum where I am.";
    public const string Asks = "Please confirm your objection to a use of your data";
    public const string Stopped = "We have stopped uses of your data for now";
    public const string Upheld = "We do not use your data for that any more";
    public const string Overridden = "We are going to use your data again";
    public const string Waits = "A person objected to how we use their data";
    public const string CannotTell = "A person could not be told what became of their objection";

    /// <summary>The company's data sets that rest on its legitimate interests.</summary>
    public static readonly string[] Sets = ["forum-answers", "forum-posts", "referrals-received", "usage-log"];

    /// <summary>Objects, confirms, and waits until the use is stopped; the reference.</summary>
    public static async Task<string> ObjectAsync(this DataSubject person, ScenarioHost host, string words = Reasons)
    {
        var reference = await person.AskAsync(right: Right, text: words);
        await person.ConfirmAsync(Asks);
        await host.UntilItWaitsAsync(reference);
        await host.Outbox.ReceiveAsync(person.Address, Stopped);
        return reference;
    }

    /// <summary>Reads an objection and decides it.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Body)> WeighAsync(
        this ScenarioHost host, string reference, string outcome, string explanation = "We weighed it.", string? told = null)
    {
        await host.StatementAsync(reference);
        return await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/weighing", new { outcome, explanation, told });
    }

    /// <summary>The holds of an objection: each data set with its kind, or "released".</summary>
    public static async Task<IReadOnlyList<string>> HoldsOfAsync(this ScenarioHost host, string reference)
    {
        var holds = new List<string>();
        await foreach (var row in new TableClient(host.Storage, "privacyHolds").QueryAsync<TableEntity>())
            if (row.RowKey.StartsWith($"request-{reference}-", StringComparison.Ordinal))
                holds.Add($"{row.GetString("DataSet")} {(row.ContainsKey("ReleasedAt") ? "released" : row.GetString("Kind"))}");
        return [.. holds.Order(StringComparer.Ordinal)];
    }

    /// <summary>All sets, in that state.</summary>
    public static IEnumerable<string> Each(string state) => Sets.Select(set => $"{set} {state}");

    /// <summary>By how many addresses and ids the hold on that set is found, besides the mailbox.</summary>
    public static async Task<int> LinksAsync(this ScenarioHost host, string reference, string set) =>
        await new TableClient(host.Storage, "privacyHolds").QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey"])
            .CountAsync(row => row.PartitionKey.StartsWith("held-", StringComparison.Ordinal)
                && row.RowKey.EndsWith($".request-{reference}-{set}", StringComparison.Ordinal));
}
