using System.Security.Cryptography;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using PrivacyFunctions.Backups;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Backups;

/// <summary>What is copied, and that a copy is what it was made from.</summary>
[Clause("T-BACKUP")]
public class CopyTests
{
    [Fact]
    public async Task Rows_OfEveryTypeOfProperty_ComeBackAsTheyWere()
    {
        var company = await BackedUpCompany.CreateAsync();
        var row = new TableEntity("a/b?c".Replace('/', '_').Replace('?', '_'), "Ελένη \"quoted\" \u2028 🎂")
        {
            ["Instant"] = new DateTimeOffset(2026, 2, 28, 23, 59, 59, TimeSpan.Zero).AddTicks(1234567),
            ["Long"] = long.MaxValue,
            ["SmallLong"] = 7L,
            ["Whole"] = 5.0,
            ["Double"] = 0.1 + 0.2,
            ["Tiny"] = double.Epsilon,
            ["Flag"] = false,
            ["Int"] = int.MinValue,
            ["Id"] = Guid.NewGuid(),
            ["Bytes"] = new byte[] { 0, 255, 10, 13 },
            ["Empty"] = "",
            ["Text"] = "line\nline\t</script>\u0000\\",
            ["LooksLikeAnInstant"] = "2026-01-01T00:00:00Z",
        };
        await company.Table("profiles").AddEntityAsync(row);

        var manifest = await company.BackUpAsync();

        var copy = RowLine.Read(Assert.Single(await company.LinesAsync(manifest, "profiles")));
        Assert.Equal(row.Keys.Order(), copy.Keys.Order());
        Assert.All(row, property => Assert.Equal(property.Value, copy[property.Key]));
        Assert.Equal(new BackupKey(row.PartitionKey, row.RowKey), Assert.Single(manifest.Chunks).First);

        // And the service takes it back.
        await company.Table("profiles").DeleteEntityAsync(row.PartitionKey, row.RowKey);
        await company.Table("profiles").AddEntityAsync(copy);
        var restored = (await company.Table("profiles").GetEntityAsync<TableEntity>(row.PartitionKey, row.RowKey)).Value;
        Assert.All(row, property => Assert.Equal(property.Value, restored[property.Key]));
    }

    [Fact]
    public async Task Files_SmallAndLarge_ComeBackWithTypeAndMetadata()
    {
        var company = await BackedUpCompany.CreateAsync();
        var (small, large) = (RandomNumberGenerator.GetBytes(1000), RandomNumberGenerator.GetBytes(FileLine.Largest + 1));
        var options = new BlobUploadOptions
        {
            HttpHeaders = new() { ContentType = "image/svg+xml" },
            Metadata = new Dictionary<string, string> { ["origin"] = "upload" },
        };
        foreach (var (name, content) in new[] { ("p-1/a.svg", small), ("p-1/b.svg", large), ("p-1/ç d.svg", small), ("p-2/empty", []) })
            await company.Container("profile-photos").GetBlobClient(name).UploadAsync(new BinaryData(content), options);

        var manifest = await company.BackUpAsync();

        var chunks = company.ChunksOf(manifest, "profile-photos");
        Assert.Equal([1, 1, 2], chunks.Select(chunk => chunk.Rows));
        var own = chunks[1];
        Assert.Equal(("p-1/b.svg", "image/svg+xml", "upload"), (own.First.Partition, own.File!.ContentType, own.File.Metadata["origin"]));
        var stored = await company.Backups.GetBlobClient(BackupLayout.Folder(manifest.BornOn) + own.Name).DownloadContentAsync();
        Assert.Equal(large, stored.Value.Content.ToArray());

        var lines = new List<FileLine>();
        foreach (var chunk in chunks.Where(chunk => chunk.File is null))
            (await company.Archive.ReadAsync(manifest.BornOn, chunk, default)).Any(line =>
            {
                lines.Add(FileLine.Read(line.Span));
                return false;
            });
        Assert.Equal(["p-1/a.svg", "p-1/ç d.svg", "p-2/empty"], lines.Select(file => file.Name));
        Assert.All(lines, file => Assert.Equal(("image/svg+xml", "upload"), (file.ContentType, file.Metadata["origin"])));
        Assert.Equal([small, small, []], lines.Select(file => file.Content));
    }

    [Fact]
    public async Task Rows_MoreThanAChunkHolds_LieInSeveralWithTheirKeys()
    {
        var company = await BackedUpCompany.CreateAsync();
        var rows = Enumerable.Range(0, 2345).Select(number => new TableEntity("p-1", $"{number:D5}") { ["At"] = number }).ToList();
        foreach (var part in rows.Chunk(100))
            await company.Table("usage-log").SubmitTransactionAsync(
                part.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)));

        var manifest = await company.BackUpAsync();

        var chunks = company.ChunksOf(manifest, "usage-log");
        Assert.Equal([1000, 1000, 345], chunks.Select(chunk => chunk.Rows));
        Assert.Equal(["00000", "01000", "02000"], chunks.Select(chunk => chunk.First.Row));
        Assert.Equal(["00999", "01999", "02344"], chunks.Select(chunk => chunk.Last.Row));
        Assert.Equal(2345, manifest.Rows);
    }

    [Fact]
    public async Task Company_WithoutAnything_HasABackupWithoutChunks()
    {
        var company = await BackedUpCompany.CreateAsync();

        var manifest = await company.BackUpAsync();

        Assert.Empty(manifest.Chunks);
        Assert.Equal((new DateOnly(2026, 2, 10), new DateOnly(2026, 3, 10)), (manifest.BornOn, manifest.KillOn));
        Assert.Equal(LedgerState.Verified, (await company.EntryAsync(company.Today)).State);
    }

    [Fact]
    public async Task Company_WithoutOneOfItsStores_HasNoBackup()
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.Table("payments").DeleteAsync();

        await Assert.ThrowsAsync<Azure.RequestFailedException>(company.CopyAsync);

        Assert.Null(await company.Archive.FindAsync(company.Today, default));
    }

    [Fact]
    public async Task Copy_RepeatedAfterItDiedHalfWay_HoldsNothingOfTheFirstAttempt()
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.Table("profiles").AddEntityAsync(new TableEntity("p-1", "profile"));
        await company.CopyAsync();
        await company.Backups.DeleteBlobAsync(BackupLayout.Manifest(company.Today)); // it died before the manifest
        await company.Table("profiles").DeleteEntityAsync("p-1", "profile");
        company.Clock.Advance(TimeSpan.FromMinutes(5));

        var manifest = await company.BackUpAsync();

        Assert.Empty(manifest.Chunks);
        Assert.Equal(company.Clock.GetUtcNow(), manifest.Born);
        Assert.Equal(BackupLayout.Manifest(company.Today), (await company.Backups.GetBlobsAsync().SingleAsync()).Name);
    }

    [Fact]
    public async Task Copy_RepeatedAfterItWasMade_StaysAsItIs()
    {
        var company = await BackedUpCompany.CreateAsync();
        var first = await company.CopyAsync();
        company.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(first.Born, (await company.CopyAsync()).Born);
    }

    [Fact]
    public async Task Files_UnchangedSinceTheNightBefore_AreTakenFromItsChunk()
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.Container("profile-photos").UploadBlobAsync("p-1/a.svg", new BinaryData("read one by one"));
        var first = await company.BackUpAsync();
        var chunk = Assert.Single(first.Chunks);

        // A mark in the first backup, hash and all, tells from where the second night has it.
        using var marking = new ChunkBuffer();
        marking.Add(new FileLine("p-1/a.svg", "text/mark", new Dictionary<string, string>(), []));
        var marked = marking.Close(chunk.Store, 0);
        await company.Backups.DeleteBlobAsync(BackupLayout.Folder(company.Today) + chunk.Name);
        await company.Archive.StoreAsync(company.Today, marked, default);
        await company.StoreAsync(first with { Chunks = [marked.Chunk with { Sources = chunk.Sources }] });

        company.Pass(days: 1);
        Assert.Equal("text/mark", Assert.Single(await FilesAsync(company, await company.BackUpAsync())).ContentType);

        await company.Container("profile-photos").GetBlobClient("p-1/a.svg")
            .SetMetadataAsync(new Dictionary<string, string> { ["a"] = "b" });
        company.Pass(days: 1);
        Assert.Equal("b", Assert.Single(await FilesAsync(company, await company.BackUpAsync())).Metadata["a"]);

        await company.Container("profile-photos").DeleteBlobAsync("p-1/a.svg");
        company.Pass(days: 1);
        Assert.Empty((await company.BackUpAsync()).Chunks);
    }

    [Fact]
    public async Task Files_UnchangedButDamagedInTheNightBefore_AreReadAnew()
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.Container("profile-photos").UploadBlobAsync("p-1/a.svg", new BinaryData("the picture"));
        var chunk = Assert.Single((await company.BackUpAsync()).Chunks);
        await company.Backups.GetBlobClient(BackupLayout.Folder(company.Today) + chunk.Name)
            .UploadAsync(new BinaryData("decayed"), overwrite: true);
        company.Pass(days: 1);

        var file = Assert.Single(await FilesAsync(company, await company.BackUpAsync()));
        Assert.Equal("the picture", new BinaryData(file.Content).ToString());

        await company.Backups.GetBlobClient(BackupLayout.Manifest(company.Today)).UploadAsync(new BinaryData("{"), overwrite: true);
        company.Pass(days: 1);
        Assert.Single(await FilesAsync(company, await company.BackUpAsync()));
    }

    private static async Task<IReadOnlyList<FileLine>> FilesAsync(BackedUpCompany company, BackupManifest manifest) =>
        [.. (await company.LinesAsync(manifest, "profile-photos")).Select(line => FileLine.Read(line.Span))];
}
