using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Records;

/// <summary>The proof of what was destroyed, on a real table.</summary>
[Clause("R-ERASE")]
public class ErasureLedgerTests
{
    private readonly CaseId _case = CaseId.FromBytes(Guid.NewGuid().ToByteArray());
    private readonly FakeTimeProvider _time = new(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("aa", "bb")]
    [InlineData(null, "search-2")]
    [InlineData("search-1", "search-2")]
    public async Task Enter_UnderASecondPlan_CountsOnItsOwnAndLeavesTheFirstAsItIs(string? first, string second)
    {
        var (ledger, table) = await OpenAsync();
        Assert.Equal(7, await ledger.EnterAsync(Entry(first, 7), default));
        Assert.Equal(7, await ledger.CompleteAsync(_case, Entry(first, 0).Key, default));
        var before = (await RowsAsync(table)).Single();

        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, await ledger.EnterAsync(Entry(second, 2), default));
        Assert.Equal(2, await ledger.EnterAsync(Entry(second, 1), default)); // repeated, when some of it is gone
        Assert.Equal(2, await ledger.CompleteAsync(_case, Entry(second, 0).Key, default));

        var rows = await RowsAsync(table);
        Assert.Equal(2, rows.Count);
        Assert.Equal(before.ETag, rows.Single(row => row.RowKey == before.RowKey).ETag);
        var after = rows.Single(row => row.RowKey != before.RowKey);
        Assert.Equal((2L, second), (after.GetInt64("Items")!.Value, after.GetString("Plan")));
        Assert.Equal(_time.GetUtcNow(), after.GetDateTimeOffset("CompletedAt"));
    }

    [Fact]
    public async Task Entry_OfTheReleasedVersion_IsGoneOnWithByItsPlanAlone()
    {
        var (ledger, table) = await OpenAsync();
        await table.AddEntityAsync(new TableEntity(_case.Value, "usage-log-erase") { ["Items"] = 5L, ["Plan"] = "aa" });

        Assert.Equal(5, await ledger.EnterAsync(Entry("aa", 3), default));
        Assert.Equal(5, await ledger.CompleteAsync(_case, Entry("aa", 0).Key, default));
        Assert.True((await RowsAsync(table)).Single().ContainsKey("CompletedAt"));

        Assert.Equal(1, await ledger.EnterAsync(Entry("bb", 1), default));
        Assert.Equal(2, (await RowsAsync(table)).Count);
    }

    [Fact]
    public async Task Complete_OfWhatWasNeverEntered_Fails()
    {
        var (ledger, _) = await OpenAsync();
        await ledger.EnterAsync(Entry("aa", 1), default);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ledger.CompleteAsync(_case, Entry("bb", 0).Key, default));
    }

    private LedgerEntry Entry(string? plan, long items) => new(_case, "person-p", "usage-log", "erase", null, items, plan);

    private async Task<(ErasureLedger Ledger, TableClient Table)> OpenAsync()
    {
        var records = await SharedRecords.OpenAsync(_time);
        return (new(records.Storage, _time), await records.Storage.TableAsync("privacyLedger"));
    }

    private async Task<List<TableEntity>> RowsAsync(TableClient table) =>
        await table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {_case.Value}")).ToListAsync();
}
