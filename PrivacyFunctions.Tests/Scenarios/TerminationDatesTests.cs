using System.Text.Json;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>
/// Rule L8 as it runs: accounts that end on awkward days, each emptied on its day, before its deadline, and gone from the
/// backups within the month. One host lives through them all.
/// </summary>
[Clause("T-ACTIVE")]
[Clause("T-BACKUP")]
public class TerminationDatesTests
{
    [LocalFact("moves its clock", typeof(TerminationOnAnyHostTests))]
    public Task Terminations_OverAYear_AreEmptiedOnTheirDays() => LiveThroughAsync(
        nights: false, new()
        {
            [new(2026, 2, 10)] = new(2026, 4, 1), // worked row 18: the cleanup comes first
            [new(2026, 3, 2)] = new(2026, 4, 1), // worked row 20: the cleanup is on day 30, which counts
            [new(2026, 3, 3)] = new(2026, 5, 27), // and on day 29, which is too early
            [new(2026, 3, 10)] = new(2026, 6, 3), // worked row 19
            [new(2026, 3, 31)] = new(2026, 6, 23), // worked row 17
            [new(2026, 4, 1)] = new(2026, 6, 24), // worked row 16
            [new(2026, 5, 31)] = new(2026, 7, 1),
            [new(2026, 6, 1)] = new(2026, 7, 1),
            [new(2026, 6, 2)] = new(2026, 8, 26),
            [new(2026, 8, 31)] = new(2026, 10, 1),
            [new(2026, 9, 30)] = new(2026, 12, 23),
            [new(2026, 10, 1)] = new(2026, 12, 25), // a holiday: never rolled
            [new(2026, 11, 30)] = new(2027, 1, 1),
            [new(2026, 12, 31)] = new(2027, 3, 24),
        });

    /// <param name="nights">Whether there is a backup each night, or one a week.</param>
    /// <param name="purges">The day on which an account is to be emptied, by the day on which its owner ends it.</param>
    internal static async Task LiveThroughAsync(bool nights, Dictionary<DateOnly, DateOnly> purges)
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, clock: purges.Keys.Min().AddDays(-1), nights: nights);
        var owners = await SmallCompany.FoundAsync(host, purges.Count + 1);

        var ended = new List<TerminationAnswer>();
        foreach (var (day, owner) in purges.Keys.Order().Zip(owners))
        {
            await PassToAsync(Noon(day));
            ended.Add(await owner.BeEndedAsync());
        }

        await PassToAsync(Noon(ended.Max(last => last.Deadline).AddMonths(1).AddDays(7)));

        Assert.Equal(purges.OrderBy(pair => pair.Key).Select(pair => pair.Value), ended.Select(one => one.PurgeOn));
        foreach (var one in ended)
        {
            var view = await host.CaseAsync(one.Reference);
            var (purged, empty) = (DayOf(view, "purged"), DayOf(view, "backups-empty"));
            Assert.Equal("closed", view.Status());
            Assert.Equal(one.PurgeOn, purged);
            Assert.True(purged <= one.Deadline.AddDays(-7));
            Assert.InRange(empty, purged, purged.AddMonths(1));
        }

        Assert.All(await Task.WhenAll(owners.SkipLast(1).Select(owner => owner.ItemsAsync())), items => Assert.Equal(0, items));
        Assert.NotEqual(0, await owners[^1].ItemsAsync());

        Task PassToAsync(DateTimeOffset instant) => nights ? host.PassToAsync(instant) : host.PassByWeeksToAsync(instant);
    }

    private static DateOnly DayOf(JsonElement view, string fact) => DateOnly.FromDateTime(
        view.GetProperty("audit").EnumerateArray().Select(row => row.GetProperty("entry"))
            .Single(entry => entry.GetProperty("fact").GetProperty("fact").GetString() == fact)
            .GetProperty("at").GetDateTimeOffset().UtcDateTime);

    private static DateTimeOffset Noon(DateOnly day) => new(day, new(12, 0), TimeSpan.Zero);
}
