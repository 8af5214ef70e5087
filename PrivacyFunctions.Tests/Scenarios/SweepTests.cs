using System.Net;
using Azure.Data.Tables;
using PrivacyFunctions.Callers;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>The daily sweep where something is in its way.</summary>
[Clause("K-SCHEDULE")]
public class SweepTests
{
    private const string Away = "companyTestimonials";
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [LocalFact("takes a table away", typeof(SweepOnAnyHostTests))]
    public async Task Sweep_OfASetWhoseStoreIsAway_HoldsUpNoOtherAndIsToldOnceAndSweptLater()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var today = (await host.NowAsync()).UtcDateTime.Date;
        await host.PassToAsync(new(today + Day + TimeSpan.FromHours(6), TimeSpan.Zero)); // far from midnight
        var tables = new TableServiceClient(host.Storage);
        var (asking, askingId) = await SmallCompany.JoinAsPersonAsync(host);
        var (_, id) = await SmallCompany.JoinAsPersonAsync(host);
        foreach (var each in new[] { askingId, id }) await OldUsageAsync(host, each, "old");
        await tables.DeleteTableAsync(Away); // so that a copy for an access request cannot be made either
        var access = await asking.AskAsync();
        await asking.ConfirmAsync();
        await host.UntilAsync(access, found => found.Status() == "confirmed");

        var first = await host.SweepAsync("usage-log");
        await host.PassAsync(TimeSpan.FromHours(1));

        Assert.Empty(await host.RowsOfAsync("companyUsage", id));
        Assert.Equal(["old"], await host.RowsOfAsync("companyUsage", askingId)); // it is to be in the copy
        Assert.Equal("request", (await host.KeptAsync(first, "usage-log")).Single().GetProperty("by").GetProperty("kind").GetString());
        Assert.Equal("SweepPart", (await host.SweepOfAsync(first, "testimonials")).GetProperty("attention").GetString());
        Assert.Single(await MailsAsync(host));

        await host.PassAsync(Day);
        var second = await host.SweepAsync("usage-log");
        await host.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(first, (await host.SweepOfAsync(second, "testimonials")).GetProperty("brokenSince").GetString());
        Assert.Single(await MailsAsync(host));

        await tables.CreateTableAsync(Away);
        await host.PassAsync(Day);
        await host.UntilAsync(access, found => found.Status() == "offered");
        await host.WriteAsync(Away, "published", "t-1", ("Email", asking.Address), ("PublishedAt", DateTimeOffset.UtcNow.AddYears(-6)));
        var third = await host.SweepAsync("testimonials", "usage-log");
        Assert.False((await host.SweepOfAsync(third, "testimonials")).TryGetProperty("attention", out _));
        Assert.Equal(1, (await host.SweepOfAsync(third, "testimonials")).Count("gone"));
        Assert.Empty(await host.RowsOfAsync("companyUsage", askingId));
    }

    [LocalFact("moves its clock", typeof(SweepOnAnyHostTests))]
    public async Task Sweep_EveryDay_TakesARecordOnTheDayAfterItsLastAndLooksAgainAtNothingOfToday()
    {
        await using var host = await LocalHostHere.StartAsync(clock: new(2028, 2, 27), seeded: false, nights: false, sweeps: true);
        await SmallCompany.FoundAsync(host, accounts: 0);
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var key = DailySweeps.KeyOf(person.Address);
        await host.WriteAsync("companyNewsletters", key, "left", ("UnsubscribedAt", new DateTimeOffset(2028, 1, 31, 8, 0, 0, TimeSpan.Zero)));

        await host.PassToAsync(new(2028, 2, 29, 23, 0, 0, TimeSpan.Zero));
        Assert.Equal(["left"], await host.RowsOfAsync("companyNewsletters", key));
        await host.PassToAsync(new(2028, 3, 1, 3, 0, 0, TimeSpan.Zero));
        Assert.Empty(await host.RowsOfAsync("companyNewsletters", key));

        var before = (await host.SweepOfAsync("2028-03-01", "newsletter-subscriptions")).GetRawText();
        await host.FireAsync("SweepDaily");
        await host.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(before, (await host.SweepOfAsync("2028-03-01", "newsletter-subscriptions")).GetRawText());
        Assert.Equal(
            ["2028-02-27", "2028-02-28", "2028-02-29"],
            (await host.SweepsAsync("?before=2028-03-01")).Select(sweep => sweep.GetProperty("day").GetString()).Distinct().Order());
    }

    [LocalFact]
    public async Task Sweep_HostKilledAtEveryStep_IsDoneOnceAndCountsEachRecordOnce()
    {
        const int Records = 2000;
        await using var host = await MortalHost.StartAsync(crashAt: "after:ListSweptSets", seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 0);
        var (_, id) = await SmallCompany.JoinAsPersonAsync(host);
        await Parallel.ForEachAsync(Enumerable.Range(0, Records).Chunk(100), async (some, stop) => await new TableClient(host.Storage, "companyUsage")
            .SubmitTransactionAsync(some.Select(number => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(id, $"{number:D5}")
            {
                ["At"] = DateTimeOffset.UtcNow.AddYears(number % 2 == 0 ? -2 : 0),
            })), stop));
        await host.DiesDuringAsync(async () =>
        {
            await host.FireAsync("SweepDaily");
            await host.UntilAsync(async () => (await host.SweepsAsync()).Count < 0);
        });
        foreach (var point in new[] { "before:SweepPart", "after:SweepPart", "before:EndSweep", "after:EndSweep" })
            await host.RunUntilItDiesAsync(point);
        await host.RunAsync();

        var day = DateOnly.FromDateTime((await host.NowAsync()).UtcDateTime).ToString("yyyy-MM-dd");
        await host.UntilAsync(async () => (await host.SweepsAsync()).Any(sweep => sweep.TryGetProperty("endedAt", out _)));
        var sweep = await host.SweepOfAsync(day, "usage-log");
        Assert.Equal((Records, Records / 2, Records / 2), (sweep.Count("looked"), sweep.Count("gone"), sweep.Count("notYet")));
        Assert.Equal(Records / 2, (await host.RowsOfAsync("companyUsage", id)).Count);
    }

    [Theory]
    [InlineData("?before=yesterday")]
    [InlineData("/kept")]
    [InlineData("/kept?day=yesterday&set=usage-log")]
    [InlineData("/kept?day=2026-03-02&set=Usage Log")]
    [InlineData("/kept?day=2026-03-02&set=usage-log&after=x")]
    public async Task Reports_OfNonsense_AreRefused(string path)
    {
        var host = await ScenarioHost.SharedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/operator/retention{path}");
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        using var answer = await host.App.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static Task OldUsageAsync(ScenarioHost host, string person, string row) =>
        host.WriteAsync("companyUsage", person, row, ("At", DateTimeOffset.UtcNow.AddYears(-2)));

    private static Task<IReadOnlyList<LocalHost.Outbox.StoredMail>> MailsAsync(ScenarioHost host) => host.Outbox.AllAsync(
        DataMapRegister.LoadEmbedded().Company.Officer.Email, "Data past its end cannot be deleted");
}
