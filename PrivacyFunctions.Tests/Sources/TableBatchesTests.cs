using System.Globalization;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sources;

public sealed class TableBatchesTests
{
    private const int LargestTransaction = 100;

    [Fact]
    [Clause("T-ACTIVE")]
    public async Task EraseAsync_MoreThanABatch_HasSeveralBatchesUnderWayAtOnce()
    {
        var (set, keys) = (SetCopy.Map[DataSetId.Parse("service-contacts")], new AccountKeys(AccountId.Parse("a-1")));
        var meeting = new Meeting(parties: 3);
        var options = new TableClientOptions();
        options.AddPolicy(meeting, HttpPipelinePosition.PerCall);
        var table = new TableClient(await SharedAzurite.ConnectionStringAsync(), $"batches{Guid.NewGuid():N}", options);
        await table.CreateAsync();
        string[] rows = [.. Enumerable.Range(0, 250).Select(number => $"contact-{number:D3}")];
        foreach (var few in rows.Chunk(LargestTransaction))
            await table.SubmitTransactionAsync(few.Select(row => new TableTransactionAction(
                TableTransactionActionType.Add, new TableEntity("a-1", row))));

        meeting.Begin();
        Assert.Equal(250, await TableErasure.EraseAsync(
            table, Reach.Of(set, keys), [.. rows.Select(row => ItemKey.OfRow("a-1", row))], CancellationToken.None));

        Assert.False(await table.QueryAsync<TableEntity>().AnyAsync());
    }

    [Fact]
    public void ValuesOf_EveryTypeOfColumn_IsAsJsonWritesIt()
    {
        var row = new TableEntity("p", "r")
        {
            ["Text"] = "O'Brien \"<é>\" \U0001F600 \\ \n", ["Int"] = -42, ["Long"] = long.MaxValue, ["Double"] = 0.1, ["Bool"] = true,
            ["Guid"] = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), ["Instant"] = new DateTimeOffset(2026, 3, 2, 9, 0, 0, 5, TimeSpan.Zero),
            ["Bytes"] = new byte[] { 0, 255, 62, 63 }, ["Binary"] = new BinaryData([0, 255, 62, 63]), ["Nothing"] = null,
        };

        var values = TableDataSource.ValuesOf(row);

        Assert.Equal(
            row.Where(property => property.Value is not null && !TableDataSource.OfTheStore.Contains(property.Key))
                .Select(property => $"{property.Key} {Text(JsonSerializer.SerializeToElement(property.Value is BinaryData bytes ? bytes.ToArray() : property.Value))}"),
            values.Select(value => $"{value.Key} {Text(value.Value)}"));

        static string Text(JsonElement value) => string.Create(CultureInfo.InvariantCulture, $"{value.ValueKind} {value}");
    }

    /// <summary>Requests that go on only when so many of them are there.</summary>
    private sealed class Meeting(int parties) : HttpPipelinePolicy
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

        private readonly TaskCompletionSource _allAreThere = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _here = int.MinValue;

        public void Begin() => _here = 0;

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (_here >= 0 && message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal))
            {
                if (Interlocked.Increment(ref _here) == parties) _allAreThere.SetResult();
                await _allAreThere.Task.WaitAsync(Patience);
            }

            await ProcessNextAsync(message, pipeline);
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
    }
}
