using Azure;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Tests.Sources;

public sealed class PagesAheadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<int> _read = [];
    private Func<int, CancellationToken, Task> _beforePage = (_, _) => Task.CompletedTask;

    [Fact]
    public async Task Read_WhileAPageIsWorkedOn_HasTheNextOneRead()
    {
        var seen = new List<string>();
        await foreach (var item in ReadAsync()) seen.Add($"{item} of {_read.Count}");

        // One page ahead from its second item on, and never two.
        Assert.Equal(
            ["10 of 1", "11 of 2", "12 of 2", "20 of 2", "21 of 3", "22 of 3", "30 of 3", "31 of 3", "32 of 3"],
            seen);
    }

    [Fact]
    public async Task Read_OfOneItemAlone_ReadsOnePage()
    {
        Assert.Equal(10, await ReadAsync().FirstAsync());
        Assert.Equal([1], _read);
    }

    [Fact]
    public async Task Read_OfAsManyAsAreWanted_ReadsNoPageBeyondThem()
    {
        var rest = new List<int>();
        await foreach (var item in ReadAsync(most: 3))
        {
            rest.Add(item);
            Assert.Equal((rest.Count + 2) / 3, _read.Count); // more come when they are asked for
        }

        Assert.Equal([10, 11, 12, 20, 21, 22, 30, 31, 32], rest);
    }

    [Fact]
    public async Task Read_PageThatNobodyWaitsForAnyMore_IsStopped()
    {
        var stopped = false;
        _beforePage = async (page, stop) =>
        {
            if (page != 2) return;
            try
            {
                await Task.Delay(Timeout.Infinite, stop);
            }
            finally
            {
                stopped = true;
            }
        };

        Assert.Equal([10, 11, 12], await ReadAsync().Take(3).ToListAsync().AsTask().WaitAsync(Patience));

        Assert.True(stopped);
    }

    [Fact]
    public async Task Read_PageThatFails_FailsWhenItsTurnComes()
    {
        _beforePage = (page, _) => page == 2 ? throw new RequestFailedException("away") : Task.CompletedTask;
        var seen = new List<int>();
        await Assert.ThrowsAsync<RequestFailedException>(async () =>
        {
            await foreach (var item in ReadAsync()) seen.Add(item);
        });

        Assert.Equal([10, 11, 12], seen);
    }

    private IAsyncEnumerable<int> ReadAsync(long most = long.MaxValue) =>
        PagesAhead.ReadAsync(stop => new Pages(_read, (page, token) => _beforePage(page, token), stop), most, CancellationToken.None);

    /// <summary>Three pages of three items each.</summary>
    private sealed class Pages(List<int> read, Func<int, CancellationToken, Task> before, CancellationToken stop) : AsyncPageable<int>
    {
        public override async IAsyncEnumerable<Page<int>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            for (var page = 1; page <= 3; page++)
            {
                read.Add(page);
                await before(page, stop);
                yield return Page<int>.FromValues(
                    [(10 * page) + 0, (10 * page) + 1, (10 * page) + 2], page < 3 ? $"{page}" : null, response: null!);
            }
        }
    }
}
