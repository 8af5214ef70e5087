using System.Text.Json;
using PrivacyFunctions.Backups;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Backups;

/// <summary>Where a copy goes on, and how much one call does.</summary>
[Clause("T-BACKUP")]
public class CopyCursorTests
{
    private static readonly IReadOnlyList<BackupStore> Stores = BackupStore.AllOf(DataMapRegister.LoadEmbedded());

    [Fact]
    public void Beginning_GoesThroughEveryStoreOnceInTheirOrder()
    {
        var (cursor, visited) = (CopyCursor.Beginning, new List<BackupStore>());
        while (cursor.NextOf(Stores) is { } store)
        {
            var at = cursor.PositionIn(store);
            Assert.Equal((store.Name, 0, null), (at.Store, at.Chunks, at.Page));
            var further = at with { Chunks = 1, Page = "a mark" };
            cursor = cursor.After(store, further);
            Assert.Same(store, cursor.NextOf(Stores));
            Assert.Equal(further, cursor.PositionIn(store));
            visited.Add(store);
            cursor = cursor.After(store, next: null);
        }

        Assert.Equal(Stores, visited);
    }

    [Fact]
    public void StoreUnderWay_LeftTheMapMeanwhile_IsPassedOver()
    {
        var cursor = CopyCursor.Beginning.After(Stores[0], next: null).After(Stores[1], new(Stores[1].Name, 3, "a mark", []));
        IReadOnlyList<BackupStore> left = [Stores[0], .. Stores.Skip(2)];

        Assert.Same(Stores[2], cursor.NextOf(left));
        Assert.Null(cursor.PositionIn(Stores[2]).Page);
    }

    [Fact]
    public void StoreUnderWay_ANewOneBeforeIt_IsEndedFirst()
    {
        var cursor = CopyCursor.Beginning.After(Stores[1], new(Stores[1].Name, 3, "a mark", []));

        Assert.Same(Stores[1], cursor.NextOf(Stores));
        Assert.Same(Stores[0], cursor.After(Stores[1], next: null).NextOf(Stores));
    }

    [Fact]
    public void Part_IsReadAsItWasWritten()
    {
        var at = new StorePosition(Stores[1].Name, 7, "a mark", ["p-1/Ελένη.svg"]);
        var part = new CopiedPart(BackedUpCompany.FirstNight, [Chunk(3, 30)], new([Stores[0].Name], at), IsLast: false);

        var read = JsonSerializer.Deserialize<CopiedPart>(JsonSerializer.SerializeToUtf8Bytes(part, RecordJson.Options), RecordJson.Options)!;

        Assert.Equal((part.Born, part.Chunks[0], false), (read.Born, Assert.Single(read.Chunks), read.IsLast));
        Assert.Equal(part.Next.Finished, read.Next.Finished);
        Assert.Equal(at with { Copied = [] }, read.Next.At! with { Copied = [] });
        Assert.Equal(at.Copied, read.Next.At!.Copied);
    }

    /// <summary>Limits of 10 records and 100 bytes; each chunk is its rows and its bytes.</summary>
    [Theory]
    [InlineData("", 0)]
    [InlineData("1/1", 1)]
    [InlineData("4/1 5/1 1/1 1/1", 3)]
    [InlineData("10/1 1/1", 1)]
    [InlineData("50/1 1/1", 1)]
    [InlineData("1/99 1/1 1/1", 2)]
    [InlineData("1/5000 1/1", 1)]
    [InlineData("1/1 1/1", 2)]
    public void Limits_OfAPart_CountTheChunkThatReachesThem(string chunks, int count) => Assert.Equal(
        count,
        new PartLimits(10, 100).CountOf(chunks.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(chunk => chunk.Split('/').Select(int.Parse).ToArray()).Select(chunk => Chunk(chunk[0], chunk[1]))));

    private static BackupChunk Chunk(int rows, long bytes) => new("s", "n", new("a", ""), new("b", ""), rows, bytes, "00");
}
