using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>What the list of cases shows, and what the Data Protection Officer is told, on whatever host.</summary>
[Clause("C-SECURE")]
[Clause("C-ACCESS")]
public class OfficerOnAnyHostTests
{
    [Fact]
    public async Task Case_IsListedWhereItStands()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        Assert.Contains(reference, await AllAsync(host, "kind=access&status=awaitingConfirmation&attention=no"));

        await person.ConfirmAsync();
        await host.UntilAsync(reference, found => found.Status() == "offered");
        Assert.Contains(reference, await AllAsync(host, "kind=access&status=offered"));
        Assert.DoesNotContain(reference, await AllAsync(host, "status=awaitingConfirmation"));
    }

    [Fact]
    [Clause("L1")]
    public async Task CaseThatIsNotDoneInTime_IsListedAndToldOnce()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        await person.LinkAsync(Mails.Confirm); // its workflow has begun
        await host.OperateAsync($"cases/{reference}/pause", new { });
        Assert.Contains(reference, await AllAsync(host, "attention=yes"));
        var due = (await host.CaseAsync(reference)).GetProperty("case").GetProperty("due").GetProperty("on").GetString()!;

        await host.UntilAsync(async () =>
        {
            await host.FireAsync("WatchCases");
            return (await ToldAsync(host, reference)).Count > 0;
        });
        await host.FireAsync("WatchCases");
        Assert.Contains(reference, await AllAsync(host, $"dueBefore={DateOnly.Parse(due).AddDays(1):yyyy-MM-dd}"));
        await host.OperateAsync($"cases/{reference}/resume", new { });
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Single(await ToldAsync(host, reference));
    }

    private static async Task<IReadOnlyList<string>> ToldAsync(ScenarioHost host, string reference) =>
        [.. (await host.Outbox.AllAsync(ErasureMails.Officer, "A case is overdue")).Select(mail => mail.Text!)
            .Where(text => text.Contains(reference, StringComparison.Ordinal))];

    // All pages: others have cases on this host, too.
    private static async Task<IReadOnlyList<string>> AllAsync(ScenarioHost host, string query)
    {
        var all = new List<string>();
        for (string? next = null; ;)
        {
            var page = await host.ListAsync($"?{query}{(next is null ? "" : $"&continue={next}")}");
            all.AddRange(page.References());
            next = page.Next();
            if (next is null) return all;
        }
    }
}
