using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Records;

/// <summary>The index of what is due, read page by page, on a service that may end a page where it likes.</summary>
[Clause("T-ACTIVE")]
public class DueIndexTests
{
    private const int Shard = 10;
    private const int PageSize = 20;

    // Far from the days of all other tests on the same emulator.
    private readonly DateOnly _day = new DateOnly(1900, 1, 1).AddDays(Random.Shared.Next(30_000));

    [Fact]
    public async Task Pages_OfAShard_HoldEachEntryOnceInTheOrderOfTheDays()
    {
        var index = await IndexAsync();
        var added = await AddAsync(index, 45);

        var pages = await ReadAsync(index);

        Assert.Equal([20, 20, 5], pages.Select(page => page.Count));
        Assert.Equal(added, pages.SelectMany(page => page).Select(entry => entry.Case));
        Assert.All(pages.SelectMany(page => page), entry => Assert.InRange(entry.Day, _day, _day.AddDays(1)));
    }

    [Fact]
    public async Task Page_ThatTheServiceCutsShort_IsReadOn()
    {
        var added = await AddAsync(await IndexAsync(), 45);
        var index = await IndexAsync(new CutShort());

        Assert.Equal([20, 20, 5], (await ReadAsync(index)).Select(page => page.Count));
        Assert.Equal(added, (await ReadAsync(index)).SelectMany(page => page).Select(entry => entry.Case));
    }

    private static async Task<DueIndex> IndexAsync(HttpPipelinePolicy? service = null)
    {
        var options = new TableClientOptions();
        if (service is not null) options.AddPolicy(service, HttpPipelinePosition.PerCall);
        return new(new(new TableServiceClient(await SharedAzurite.ConnectionStringAsync(), options), blobs: null!));
    }

    // In their order: half on the day, half on the next; one of another shard, and one of a later day.
    private async Task<IReadOnlyList<CaseId>> AddAsync(DueIndex index, int count)
    {
        var cases = Enumerable.Range(0, count).Select(_ => CaseOf("a")).Order(StringComparer.Ordinal).Select(CaseId.Parse).ToList();
        var due = cases.Select((id, place) => (Day: _day.AddDays(place % 2), Id: id)).ToList();
        foreach (var (day, id) in due) await index.AddAsync(day, id, default);
        await index.AddAsync(_day, CaseId.Parse(CaseOf("b")), default);
        await index.AddAsync(_day.AddDays(2), CaseId.Parse(CaseOf("a")), default);
        return [.. due.OrderBy(entry => entry.Day).Select(entry => entry.Id)];
    }

    private async Task<IReadOnlyList<IReadOnlyList<DueEntry>>> ReadAsync(DueIndex index)
    {
        var pages = new List<IReadOnlyList<DueEntry>>();
        for (var after = $"{_day:yyyy-MM-dd}"; ; after = pages[^1][^1].Key)
        {
            pages.Add(await index.PageAsync(Shard, _day.AddDays(1), after, PageSize, default));
            if (pages[^1].Count < PageSize) return pages;
        }
    }

    private static string CaseOf(string shard) => shard + Guid.NewGuid().ToString("N")[1..];

    private sealed class CutShort : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) =>
            message.Request.Uri.Query = message.Request.Uri.Query.Replace($"top={PageSize}", "top=7", StringComparison.Ordinal);
    }
}
