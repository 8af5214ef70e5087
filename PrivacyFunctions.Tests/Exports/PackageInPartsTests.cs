using System.IO.Compression;
using System.Security.Cryptography;
using Azure;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Exports;

/// <summary>A package that is made in several goes, each of which may die or meet another one.</summary>
[Clause("T-EXPORT")]
public class PackageInPartsTests
{
    private readonly CaseId _case = CaseId.FromBytes(Guid.NewGuid().ToByteArray());

    [Fact]
    public async Task Goes_OneAfterTheOther_MakeOnePackage()
    {
        var folder = await FolderAsync();
        for (var go = 0; go < 3; go++)
        {
            var package = await OpenAsync(folder);
            Assert.Equal(go == 0 ? null : $"{go}", package.Where<Note>()?.Text);
            await package.AddAsync(zip => WriteAsync(zip, $"{go}.txt", new($"{go + 1}")), default);
        }

        var whole = await (await OpenAsync(folder)).EndAsync(default);

        var bytes = await ReadAsync(folder);
        Assert.True((await OpenAsync(folder)).IsWhole);
        Assert.Equal((bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))), (whole.Length, await whole.HashAsync(default)));
        Assert.Equal(["0.txt", "1.txt", "2.txt"], Names(bytes));
    }

    [Fact]
    public async Task Go_ThatDies_AddsNothing()
    {
        var folder = await FolderAsync();
        var package = await (await OpenAsync(folder)).AddAsync(zip => WriteAsync(zip, "0.txt", new("1")), default);
        await Assert.ThrowsAsync<IOException>(() => package.AddAsync<Note>(
            async zip =>
            {
                await WriteAsync(zip, "half.txt", new("2"));
                throw new IOException("It dies.");
            },
            default));

        await (await OpenAsync(folder)).EndAsync(default);

        Assert.Equal(["0.txt"], Names(await ReadAsync(folder)));
    }

    [Fact]
    public async Task TwoGoesAtOnce_AreNeverMixed()
    {
        var folder = await FolderAsync();
        await (await OpenAsync(folder)).AddAsync(zip => WriteAsync(zip, "0.txt", new("1")), default);
        var (one, other) = (await OpenAsync(folder), await OpenAsync(folder));
        await one.AddAsync(zip => WriteAsync(zip, "one.txt", new("2")), default);

        var late = await Assert.ThrowsAsync<RequestFailedException>(
            () => other.AddAsync(zip => WriteAsync(zip, "other.txt", new("2")), default));

        Assert.Equal(412, late.Status);
        await (await OpenAsync(folder)).EndAsync(default);
        Assert.Equal(["0.txt", "one.txt"], Names(await ReadAsync(folder)));
    }

    [Fact]
    public async Task Go_AfterTheFolderWasDeleted_BringsNothingBack()
    {
        var folder = await FolderAsync();
        var package = await (await OpenAsync(folder)).AddAsync(zip => WriteAsync(zip, "0.txt", new("1")), default);
        await folder.DeleteAsync(_case, default);

        await Assert.ThrowsAsync<RequestFailedException>(
            () => package.AddAsync(zip => WriteAsync(zip, "1.txt", new("2")), default));

        Assert.Null((await OpenAsync(folder)).Where<Note>());
    }

    [Fact]
    [Clause("K-SCHEDULE")]
    public async Task BlocksOfAFirstGoThatDied_GoWithTheFolder()
    {
        var folder = await FolderAsync();
        var blob = await folder.PackageAsync(_case);
        await blob.StageBlockAsync(Convert.ToBase64String("block-01"u8), new MemoryStream(new byte[100]));

        await folder.DeleteAsync(_case, default);

        await Assert.ThrowsAsync<RequestFailedException>(() => blob.GetBlockListAsync());
    }

    [Fact]
    public async Task PackageOfAnEarlierVersion_IsMadeAnew()
    {
        var folder = await FolderAsync();
        await (await folder.PackageAsync(_case)).UploadAsync(new MemoryStream([1, 2, 3]));
        await (await (await OpenAsync(folder)).AddAsync(zip => WriteAsync(zip, "0.txt", new("1")), default)).EndAsync(default);
        Assert.Equal(["0.txt"], Names(await ReadAsync(folder)));
    }

    private static async Task<ExportFolder> FolderAsync() => new((await SharedRecords.OpenAsync()).Storage);

    private Task<PackageInParts> OpenAsync(ExportFolder folder) => PackageInParts.OpenAsync(folder, _case, default);

    private async Task<byte[]> ReadAsync(ExportFolder folder) =>
        (await (await folder.PackageAsync(_case)).DownloadContentAsync()).Value.Content.ToArray();

    private static IEnumerable<string> Names(byte[] package)
    {
        using var zip = new ZipArchive(new MemoryStream(package));
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }

    private static async Task<Note> WriteAsync(ZipArchive zip, string name, Note next)
    {
        await using var entry = await zip.CreateEntry(name).OpenAsync();
        await entry.WriteAsync(new byte[100]);
        return next;
    }

    private sealed record Note(string Text);
}
