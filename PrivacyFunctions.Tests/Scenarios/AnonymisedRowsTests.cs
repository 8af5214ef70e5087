using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>Somebody who has all that is left of an erasure tries to find out whom the anonymised rows named.</summary>
[Clause("K-DISPOSE")]
public class AnonymisedRowsTests
{
    private static readonly string[] Sets = ["forum-posts", "forum-answers", "referrals-made"];
    private static readonly string[] FoundBy = ["InReplyToPersonId", "ReferrerPersonId"];

    [LocalFact("moves its clock", typeof(ErasureOnAnyHostTests))]
    public async Task Erasure_AfterTheNextSunday_NothingInAnAnonymisedRowMatchesTheLedger()
    {
        await using var host = await LocalHostHere.StartAsync(nights: false);
        foreach (var address in new[] { SamplePeople.OtherScript, SamplePeople.VeryActive })
        {
            var reference = await new DataSubject(host, address).AskToEraseAsync();
            await host.ApproveWaitingPlanAsync(reference);
            await host.UntilAsync(reference, found => found.Status() == "closed");
        }

        var ledger = await RowsAsync(host, "privacyLedger").ToListAsync();
        Assert.NotEmpty(Matches(ledger, await AnonymisedAsync(host))); // until then, when it was written is in both

        var today = DateTimeOffset.UtcNow.Date;
        await host.PassToAsync(new(today.AddDays(7 - (int)today.DayOfWeek).AddHours(3), TimeSpan.Zero));
        await host.SweepAsync(Sets);

        var anonymised = await AnonymisedAsync(host);
        Assert.Contains(anonymised, row => row.PartitionKey.StartsWith("~anonymous-", StringComparison.Ordinal));
        Assert.All(FoundBy, property => Assert.Contains(anonymised, row => row.GetString(property) == ""));
        Assert.Empty(Matches(ledger, anonymised));
    }

    private static IEnumerable<string> Matches(IEnumerable<TableEntity> ledger, IReadOnlyList<TableEntity> anonymised) =>
        from entry in ledger
        from row in anonymised
        from column in row
        where column.Key != "odata.etag" && IsIn(column.Value, entry)
        select $"{column.Key}={column.Value} of {row.RowKey} in {entry.PartitionKey} {entry.RowKey}";

    // An instant matches when it lies in the time in which the ledger says that the data set was dealt with.
    private static bool IsIn(object? value, TableEntity entry) => value switch
    {
        DateTimeOffset at => entry.GetDateTimeOffset("EnteredAt") <= at && at <= (entry.GetDateTimeOffset("CompletedAt") ?? entry.Timestamp),
        string { Length: > 0 } text => entry.Any(other => string.Equals($"{other.Value}", text, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };

    private static async Task<IReadOnlyList<TableEntity>> AnonymisedAsync(ScenarioHost host)
    {
        var rows = new List<TableEntity>();
        foreach (var table in new[] { "companyForumPosts", "companyReferrals" })
            rows.AddRange(await RowsAsync(host, table).Where(row =>
                row.PartitionKey.StartsWith('~') || FoundBy.Any(property => row.GetString(property) == "")).ToListAsync());
        return rows;
    }

    private static AsyncPageable<TableEntity> RowsAsync(ScenarioHost host, string table) =>
        new TableClient(host.Storage, table).QueryAsync<TableEntity>();
}
