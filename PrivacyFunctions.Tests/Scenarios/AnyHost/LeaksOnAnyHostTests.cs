using System.Net;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>
/// After a copy, an erasure, a newsletter and the end of an account, no place where only ids belong names a person: neither our
/// records nor what the host keeps beside them, neither a link nor an answer, nor a local host's output.
/// </summary>
[Clause("C-SECURE")]
[Clause("R-ACCESS")]
[Clause("R-ERASE")]
[Clause("T-ACTIVE")]
public class LeaksOnAnyHostTests
{
    [Fact]
    public async Task RecordsHubLinksAndAnswers_AfterEveryFlow_NameNobody()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        var owners = await SmallCompany.JoinAsync(host, 2);
        var (owner, other) = (owners[0], owners[1]);
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var reader = DataSubject.Stranger(host);
        var newsletter = SentNewsletters.FreshName();
        var said = new List<(string Place, string Text)>();

        // A copy, and then the erasure.
        var copy = await person.AskAsync();
        await LookAtAsync(await person.LinkAsync(Mails.Confirm));
        await person.ConfirmAsync();
        await LookAtAsync(await person.LinkAsync(Mails.Ready));
        said.Add(("link", await person.OpenAsync()));
        var erasing = new DataSubject(host, person.Address);
        var erasure = await erasing.AskToEraseAsync();
        await LookAtAsync($"api/operator/cases/{erasure}/plan", await host.WaitingPlanAsync(erasure));
        await host.ApproveWaitingPlanAsync(erasure);
        await host.UntilAsync(erasure, found => found.Status() == "closed");

        // An account's end that is undone, and one that somebody else asked for.
        var ended = (await owner.BeEndedAsync()).Reference;
        await LookAtAsync(await owner.LinkAsync(TerminationMails.Ends));
        using (var undone = await owner.PressAsync(TerminationMails.Ends)) said.Add(("undone", await TextAsync(undone)));
        var stranger = new Owner(host, reader.Address, other.Account);
        var refused = await stranger.AskAsync();
        using (var answer = await stranger.PressAsync(TerminationMails.Confirm))
        {
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            said.Add(("refused", await TextAsync(answer)));
        }

        // A newsletter, and who left it.
        await host.SubscribeAsync(reader.Address, newsletter);
        var path = await host.OrderAsync(newsletter, $"News of {newsletter}");
        await host.CountsAsync(path);
        var wayOut = (await host.Outbox.ReceiveAsync(reader.Address, $"News of {newsletter}")).WayOut();
        await LookAtAsync(wayOut);
        await host.OneClickAsync(wayOut);
        await LookAtAsync(path, await host.NewsletterAsync(path));

        foreach (var reference in new[] { copy, erasure, ended, refused })
        {
            var view = await host.UntilAsync(reference, found => found.Status() is "closed" or "offered");
            Assert.True(view.ChainIsIntact());
            await LookAtAsync($"case {reference}", view);
        }

        // What names a person until its case is over is gone soon after.
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, owner.Address));
        var found = 0;
        var traces = new[] { person.Address, reader.Address, owner.Address, other.Address, id, owner.PersonId }
            .SelectMany(LeakLook.TracesOf).Distinct().ToList();
        await foreach (var (place, text) in LeakLook.EverythingAsync(host)) Look(place, text);
        foreach (var (place, text) in said) Look(place, text);
        Assert.True(found > 0, "It did not look where anything is.");

        async Task LookAtAsync(string link, object? view = null)
        {
            said.Add(("link", link));
            if (view is not null) said.Add((link, $"{view}"));
            else
                using (var page = await host.App.GetAsync(link)) said.Add(($"page {link.Split('/')[0]}", await TextAsync(page)));
        }

        void Look(string place, string text)
        {
            if (text.Contains(erasure, StringComparison.Ordinal)) found++;
            foreach (var trace in traces)
                Assert.False(text.Contains(trace, StringComparison.OrdinalIgnoreCase), $"{place} holds {trace}.");
        }
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer) =>
        $"{answer.Headers}{answer.Content.Headers}{WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync())}";
}
