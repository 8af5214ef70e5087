using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Backups;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;
using Xunit.Abstractions;

namespace PrivacyFunctions.Tests.Backups;

/// <summary>
/// A copy goes on from where it stopped, in calls of bounded work. A fiftieth of 100,000 files in every run; with
/// <c>PF_SCALE=1</c> the whole, and with another number that share of it.
/// </summary>
[Clause("T-BACKUP")]
public class ResumedCopyTests(ITestOutputHelper output)
{
    private const int Files = 100_000;
    private const double Ordinary = 0.02;
    private const int AtATime = 8;

    private static readonly PartLimits Thousand = new(1000, long.MaxValue);
    private static readonly PartLimits OneChunk = new(1, 1);

    [Theory]
    [InlineData(1000)]
    [InlineData(1)]
    public async Task Copy_DiesHalfWay_GoesOnFromThereAndIsAsIfItHadNot(int records)
    {
        var company = await BackedUpCompany.CreateAsync();
        await FillAsync(company);
        var limits = new PartLimits(records, long.MaxValue);
        var last = BackupStore.AllOf(company.Map)[^1].Set;
        await RemoveAsync(company, last);

        await Assert.ThrowsAsync<RequestFailedException>(() => company.CopyingWith(limits).RunAsync(new(company.Today), default));
        Assert.Null(await company.Archive.FindAsync(company.Today, default));
        var copied = await CopiedAsync(company);

        // What was copied is not read again: its chunk does not show what changed since.
        await company.Table("usage-log").UpsertEntityAsync(new TableEntity("p-1", "00000") { ["At"] = -1 }, TableUpdateMode.Replace);
        await CreateAsync(company, last);
        company.Clock.Advance(TimeSpan.FromMinutes(5));
        await company.CopyingWith(limits).RunAsync(new(company.Today), default);

        var resumed = (await company.Archive.FindAsync(company.Today, default))!.Manifest;
        Assert.Equal(BackedUpCompany.FirstNight, resumed.Born);
        Assert.Contains(copied, chunk => chunk.First.Row == "00000");
        Assert.Equal(copied.Select(chunk => chunk.Name), resumed.Chunks.Take(copied.Count).Select(chunk => chunk.Name));
        await company.VerifyAsync();

        await company.Table("usage-log").UpsertEntityAsync(new TableEntity("p-1", "00000") { ["At"] = 0 }, TableUpdateMode.Replace);
        await company.Archive.DeleteAsync(company.Today, default);
        Assert.Equal(TextOf(resumed), TextOf((await company.CopyAsync()) with { Born = resumed.Born }));
    }

    [Fact]
    public async Task Part_AskedForAgain_IsFoundAndNothingIsCopiedAgain()
    {
        var company = await BackedUpCompany.CreateAsync();
        await FillAsync(company);
        var copying = company.CopyingWith(OneChunk);
        Assert.Equal(new NextPart(1), await copying.CopyPart(new(company.Today, 0), default));
        Assert.Equal(new NextPart(2), await copying.CopyPart(new(company.Today, 1), default));
        var copied = await ChunksAsync(company);

        Assert.Equal(new NextPart(1), await copying.CopyPart(new(company.Today, 0), default));
        Assert.Equal(new NextPart(2), await copying.CopyPart(new(company.Today, 1), default));

        Assert.Equal(copied, await ChunksAsync(company));
        await Assert.ThrowsAsync<InvalidDataException>(() => copying.CopyPart(new(company.Today, 3), default));
    }

    [Fact]
    public async Task Part_OfABackupThatIsThere_HasNothingToDo()
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.CopyAsync();

        Assert.Equal(NextPart.None, await company.Copying.CopyPart(new(company.Today, 7), default));
    }

    [Fact]
    public async Task Copies_OfOneNightAtTheSameTime_AreOneWholeBackup()
    {
        var company = await BackedUpCompany.CreateAsync();
        await FillAsync(company);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(CopyAsync)).Append(Task.Run(ChangeAsync)));

        await company.CopyingWith(OneChunk).RunAsync(new(company.Today), default); // what came after the first one's sweep goes
        await company.VerifyAsync();
        var stored = (await company.Archive.FindAsync(company.Today, default))!;
        Assert.Equal(stored.Manifest.Chunks.Select(chunk => chunk.Name).Order(), (await ChunksAsync(company)).Keys.Order());
        Assert.Equal(stored.Manifest.Rows, (await company.EntryAsync(company.Today)).Rows);

        async Task CopyAsync()
        {
            // A call may fail when another takes something from under it. As in the orchestration, it is repeated.
            for (var attempt = 1; ; attempt++)
                try
                {
                    await company.CopyingWith(OneChunk).RunAsync(new(company.Today), default);
                    return;
                }
                catch (Exception failure) when (attempt < 8 && failure is (InvalidDataException or RequestFailedException))
                {
                    output.WriteLine($"Attempt {attempt}: {failure.GetType().Name}");
                }
        }

        async Task ChangeAsync()
        {
            for (var change = 0; change < 50; change++)
                await company.Table("usage-log").UpsertEntityAsync(new TableEntity("p-1", "00000") { ["At"] = change });
        }
    }

    [Fact]
    public async Task Chunk_OfACallThatIsStillRunning_IsNotWrittenOverAnothersOfOtherContent()
    {
        var company = await BackedUpCompany.CreateAsync();
        await company.Table("profiles").AddEntityAsync(new TableEntity("p-1", "profile") { ["Name"] = "Somebody" });
        await company.Copying.CopyPart(new(company.Today, 0), default);
        var first = await ChunksAsync(company);

        // The same part, of a company that has changed, by a call that knows nothing of the first.
        await company.Backups.DeleteBlobAsync(BackupLayout.Part(company.Today, 0));
        await company.Table("profiles").UpsertEntityAsync(new TableEntity("p-1", "profile") { ["Name"] = "Somebody else" });
        await company.Copying.CopyPart(new(company.Today, 0), default);

        var both = await ChunksAsync(company);
        Assert.Equal(2, both.Count);
        Assert.All(first, chunk => Assert.Equal(chunk.Value, both[chunk.Key]));
        await company.CopyAsync();
        Assert.Single(await ChunksAsync(company));
        await company.VerifyAsync();
    }

    [Fact]
    public async Task Verify_InParts_ReadsEveryChunkAndFindsADamagedOne()
    {
        var company = await BackedUpCompany.CreateAsync();
        await FillAsync(company);
        var chunks = (await company.CopyAsync()).Chunks;
        var verifying = new VerifyBackup(company.Archive, Thousand);
        var starts = new List<int>();
        for (int? next = 0; next is { } number; next = (await verifying.VerifyPart(new(company.Today, number), default)).Number)
            starts.Add(number);
        Assert.InRange(starts.Count, 3, chunks.Count - 1);

        // The last chunk of a part that has several: that part fails, and no other.
        var (damaged, end) = starts.Zip(starts.Skip(1).Append(chunks.Count)).First(part => part.Second - part.First > 1);
        await company.Backups.DeleteBlobAsync(BackupLayout.Folder(company.Today) + chunks[end - 1].Name);
        foreach (var start in starts.Where(start => start != damaged)) await verifying.VerifyPart(new(company.Today, start), default);
        await Assert.ThrowsAsync<InvalidDataException>(() => verifying.VerifyPart(new(company.Today, damaged), default));
    }

    [Fact]
    public async Task Copy_OfVeryManyFiles_TakesCallsOfBoundedWork()
    {
        var share = Environment.GetEnvironmentVariable("PF_SCALE") is { Length: > 0 } scale
            ? double.Parse(scale, CultureInfo.InvariantCulture)
            : Ordinary;
        var files = (int)(Files * share);
        var company = await BackedUpCompany.CreateAsync();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, files), new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (file, stop) =>
                await company.Container("service-files").UploadBlobAsync($"a-{file % 100:D3}/{file:D6}", new BinaryData("A file"), stop));
        output.WriteLine($"{files} files uploaded after {watch.Elapsed}");

        var limits = new PartLimits(Math.Max(ChunkBuffer.MostRows, files / 10), long.MaxValue);
        var most = limits.Records + ChunkBuffer.MostRows - 1; // it ends with the chunk that reaches the limit
        var parts = new CopyParts(company.Archive);
        var calls = 0;
        for (int? next = 0; next is { } number; calls++)
        {
            next = (await company.CopyingWith(limits).CopyPart(new(company.Today, number), default)).Number;
            var copied = (await parts.FindAsync(company.Today, number, default))!;
            Assert.InRange(copied.Chunks.Sum(chunk => chunk.Rows), 0, most);
        }

        output.WriteLine($"copied in {calls} calls after {watch.Elapsed}");
        Assert.InRange(calls, (files - 1) / most + 1, files / limits.Records + 2);
        await company.CopyAsync();
        await company.VerifyAsync();
        output.WriteLine($"verified after {watch.Elapsed}");
        var manifest = (await company.Archive.FindAsync(company.Today, default))!.Manifest;
        Assert.Equal(files, manifest.Rows);
        Assert.Equal(manifest.Chunks.Select(chunk => chunk.First.Partition).Order(StringComparer.Ordinal), manifest.Chunks.Select(chunk => chunk.First.Partition));
    }

    // Rows of several pages; small files around large ones, all in one page of the list.
    private static async Task FillAsync(BackedUpCompany company)
    {
        foreach (var part in Enumerable.Range(0, 2345).Select(number => new TableEntity("p-1", $"{number:D5}") { ["At"] = number }).Chunk(100))
            await company.Table("usage-log").SubmitTransactionAsync(
                part.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)));
        foreach (var (name, length) in new[] { ("a", 10), ("b", 0), ("c", FileLine.Largest + 1), ("d", 10), ("e", FileLine.Largest * 20), ("f", 10) })
            await company.Container("profile-photos").UploadBlobAsync($"p-1/{name}", new BinaryData(RandomNumberGenerator.GetBytes(length)));
        await company.AddAsync(AccountId.Parse("a-1"));
    }

    private static async Task RemoveAsync(BackedUpCompany company, DataSet set)
    {
        if (set.Store is StoreLocation.Table) await company.Table(set.Id.Value).DeleteAsync();
        else await company.Container(set.Id.Value).DeleteAsync();
    }

    private static async Task CreateAsync(BackedUpCompany company, DataSet set)
    {
        if (set.Store is StoreLocation.Table) await company.Table(set.Id.Value).CreateAsync();
        else await company.Container(set.Id.Value).CreateAsync();
    }

    // What the calls so far have noted.
    private static async Task<IReadOnlyList<BackupChunk>> CopiedAsync(BackedUpCompany company)
    {
        var (parts, chunks) = (new CopyParts(company.Archive), new List<BackupChunk>());
        for (var number = 0; await parts.FindAsync(company.Today, number, default) is { } part; number++) chunks.AddRange(part.Chunks);
        return chunks;
    }

    // The chunks in tonight's folder, each with its ETag.
    private static async Task<Dictionary<string, ETag?>> ChunksAsync(BackedUpCompany company)
    {
        var folder = BackupLayout.Folder(company.Today);
        return await company.Backups.GetBlobsAsync()
            .Where(blob => blob.Name.StartsWith(folder, StringComparison.Ordinal) && !blob.Name.EndsWith(".json", StringComparison.Ordinal))
            .ToDictionaryAsync(blob => blob.Name[folder.Length..], blob => blob.Properties.ETag);
    }

    private static string TextOf(BackupManifest manifest) => manifest.Write().ToString();
}
