using System.Net;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>
/// The four flows once more with what goes to Azure: the published app, in a worker's process of its own (<c>--worker</c>),
/// with the moved clock.
/// </summary>
public class PublishedWorkerTests(PublishedWorkerTests.OneHost one) : IClassFixture<PublishedWorkerTests.OneHost>
{
    private readonly LocalHostProcess _host = one.Host;

    [Fact]
    [Clause("R-ACCESS")]
    [Clause("R-ERASE")]
    [Clause("T-ACTIVE")]
    [Clause("T-BACKUP")]
    [Clause("M-UNSUB")]
    public async Task FourFlows_OnThePublishedApp_ComeToTheirEndsByTheMovedClock()
    {
        var owners = await SmallCompany.FoundAsync(_host, 3);
        var (copied, ending, erased) = (owners[0], owners[1], owners[2]);

        // A newsletter, and its way out.
        var newsletter = SentNewsletters.FreshName();
        await _host.SubscribeAsync(copied.Address, newsletter);
        Assert.Equal((1, 0, 0, 0), await _host.CountsAsync(await _host.OrderAsync(newsletter, "First issue")));
        await _host.OneClickAsync((await _host.Outbox.ReceiveAsync(copied.Address, "First issue")).WayOut());
        Assert.Equal((0, 1, 0, 0), await _host.CountsAsync(await _host.OrderAsync(newsletter, "Second issue")));

        // A copy of one's data, and the end of an account, both still open.
        var person = new DataSubject(_host, copied.Address);
        var access = await person.AskAsync();
        await person.ConfirmAsync();
        Assert.Contains("data.json", (await person.DownloadAsync()).Names);
        var termination = await ending.AskAsync();
        var dates = await ending.ConfirmAsync();

        // An erasure, by an approved plan.
        var erasure = await new DataSubject(_host, erased.Address).AskToEraseAsync();
        await _host.ApproveWaitingPlanAsync(erasure);
        Assert.Equal("erased", (await _host.UntilAsync(erasure, view => view.Status() == "closed")).Outcome());

        // Weeks, then months.
        await _host.PassAsync(TimeSpan.FromDays(15));
        Assert.Equal(("closed", "answered"), Ended(await _host.CaseAsync(access)));
        await _host.PassToAsync(At(dates.PurgeOn.AddDays(-1)));
        Assert.NotEqual(0, await ending.ItemsAsync());
        await _host.PassToAsync(At(dates.PurgeOn.AddDays(1)));
        Assert.Equal(0, await ending.ItemsAsync());
        await _host.PassToAsync(At(dates.PurgeOn.AddDays(36)));
        Assert.Equal(("closed", "purged"), Ended(await _host.CaseAsync(termination)));

        foreach (var reference in new[] { access, termination, erasure })
            Assert.True((await _host.CaseAsync(reference)).ChainIsIntact());
        Assert.DoesNotContain("@example.com", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfThePublishedApp_IsServedByItsOwnProcess()
    {
        using var answer = await _host.App.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Privacy centre", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static (string Status, string Outcome) Ended(System.Text.Json.JsonElement view) => (view.Status(), view.Outcome());

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    public sealed class OneHost : IAsyncLifetime
    {
        internal LocalHostProcess Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await LocalHostProcess.StartAsync(
            seeded: false, clock: new(2026, 2, 10), worker: await PublishedApp.FolderAsync());

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
