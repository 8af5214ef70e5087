using System.IO.Compression;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Exports.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Tests.Sources;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations;

/// <summary>The copy of an account's data: all of it, whole, in goes of a bounded size, in stores of the test's own.</summary>
[Clause("T-EXPORT")]
public class ServiceExportTests
{
    private const int Contacts = 130;
    private const int Files = 77;

    private static readonly DateTimeOffset Began = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly string _store = $"copy{Guid.NewGuid():N}";
    private readonly CaseId _case = CaseId.FromBytes(Guid.NewGuid().ToByteArray());
    private readonly AccountId _account = AccountId.Parse("a-1");

    [Theory]
    [InlineData(7)]
    [InlineData(65)] // the first set ends where a go ends
    [InlineData(69)] // and the last one
    [InlineData(5_000)]
    public async Task Copy_InGoesOfAnySize_HoldsEveryRecordAndFileOnce(int records)
    {
        await FillAsync();
        var (package, goes) = await WriteAsync(new(records));

        Assert.InRange(goes, (Contacts + Files) / records, ((Contacts + Files) / records) + 2);
        var lines = Lines(package, "service-contacts");
        Assert.Equal(Enumerable.Range(0, Contacts).Select(Contact), lines.Select(line => line.GetProperty("record").GetString()).Order());
        Assert.Equal(Contacts, Rows(package, "service-contacts"));
        var files = package.Entries.Where(entry => entry.FullName.StartsWith("files/", StringComparison.Ordinal)).ToList();
        Assert.Equal(Files, files.Count);
        Assert.Equal(
            files.Select(entry => entry.FullName).Order(),
            Lines(package, "service-files").SelectMany(line => line.GetProperty("files").EnumerateArray())
                .Select(file => file.GetString()).Order());
        Assert.All(files, file => Assert.Equal($"This is {file.Name}.", Text(file)));
    }

    [Fact]
    public async Task Copy_OfLargeFiles_EndsAGoByTheirBytes()
    {
        await FillAsync();
        var (_, goes) = await WriteAsync(new(Bytes: 2_000));
        Assert.InRange(goes, 5, 50);
    }

    [Fact]
    public async Task Copy_OfLargeRecords_EndsAGoByWhatWaitsInMemory()
    {
        await FillAsync();
        var (package, goes) = await WriteAsync(new(Text: 1_000));
        Assert.InRange(goes, 8, 60);
        Assert.Equal(Contacts, Lines(package, "service-contacts").Count);
        Assert.Equal(Contacts, Rows(package, "service-contacts"));
    }

    [Fact]
    public async Task Copy_InSeveralGoes_ReadsEachRecordOnce()
    {
        await FillAsync();
        var storage = SetCopy.StorageAt(await SharedAzurite.ConnectionStringAsync());
        var (rows, blobs) = (new WatchedSource(new TableDataSource(storage)), new WatchedSource(new BlobDataSource(storage)));
        var export = new ServiceExport(Map(), new([rows, blobs]), await FolderAsync(), new(50));
        while (await export.WriteMoreAsync(_case, _account, Began, default) is null)
        {
        }

        Assert.Equal((Contacts, Files), (rows.Exported, blobs.Exported));
    }

    [Fact]
    public async Task Record_WithColumnsThatTheMapDoesNotKnow_IsWhole()
    {
        await FillAsync();
        await (await TableAsync()).AddEntityAsync(new TableEntity("a-1", "z-last")
        {
            ["Name"] = "Zoe", ["ShoeSize"] = 42, ["Since"] = Began, ["Tags"] = "a,b", ["Secret"] = "s3cret",
        });

        var (package, _) = await WriteAsync(new());

        var fields = Lines(package, "service-contacts").Single(line => line.GetProperty("record").GetString() == "z-last").GetProperty("fields");
        Assert.Equal(42, fields.GetProperty("ShoeSize").GetInt32());
        Assert.Equal(Began, fields.GetProperty("Since").GetDateTimeOffset());
        Assert.Equal(["Name", "ShoeSize", "Since", "Tags"], fields.EnumerateObject().Select(field => field.Name).Order());
        var csv = Text(package.GetEntry("service-contacts.csv")!);
        Assert.Contains("Other fields", csv, StringComparison.Ordinal);
        Assert.Contains("""{""ShoeSize"":42,""Since"":""2026-03-02T09:00:00+00:00"",""Tags"":""a,b""}""", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_BegunWithADataMapThatLostTheSet_BeginsAnew()
    {
        await FillAsync();
        var begun = await ExportOfAsync(Map(), await FolderAsync(), new(50));
        Assert.Null(await begun.WriteMoreAsync(_case, _account, Began, default));

        var (package, _) = await WriteAsync(new(50), Map(contacts: "other-contacts"));

        Assert.Equal(Contacts, Lines(package, "other-contacts").Count);
        Assert.Empty(Lines(package, "service-contacts"));
    }

    private async Task<(ZipArchive Package, int Goes)> WriteAsync(PartSize size, DataMapRegister? map = null)
    {
        var folder = await FolderAsync();
        var (export, goes) = (await ExportOfAsync(map ?? Map(), folder, size), 1);
        PackageContents? contents;
        for (; (contents = await export.WriteMoreAsync(_case, _account, Began, default)) is null; goes++)
            if (goes % 3 == 0 && !await DiesOnTheWayAsync(export)) goes++;

        Assert.Equal(contents, await export.WriteMoreAsync(_case, _account, Began, default)); // asked again, it is the same
        var bytes = (await (await folder.PackageAsync(_case)).DownloadContentAsync()).Value.Content;
        Assert.Equal(bytes.ToMemory().Length, contents.Bytes);
        return (new(bytes.ToStream()), goes);
    }

    // Some do, unless they are done before: a go is short, and the machine may be busy.
    private async Task<bool> DiesOnTheWayAsync(ServiceExport export)
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(5));
        try
        {
            await export.WriteMoreAsync(_case, _account, Began, soon.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private static async Task<ServiceExport> ExportOfAsync(DataMapRegister map, ExportFolder folder, PartSize size) =>
        new(map, SetCopy.SourcesAt(await SharedAzurite.ConnectionStringAsync()), folder, size);

    private static async Task<ExportFolder> FolderAsync() => new((await SharedRecords.OpenAsync()).Storage);

    private DataMapRegister Map(string contacts = "service-contacts")
    {
        var map = MapFile.Parse();
        foreach (var set in new[] { "service-contacts", "service-files" }) map.Set(set)["store"]!["name"] = _store;
        map.Set("service-contacts")["fields"]!.AsArray().Add(JsonSerializer.SerializeToNode(new
        {
            name = "Secret", title = "Secret", category = "secret", from = "provided", notExported = "Whoever holds it could log in.",
        }));
        map.Set("service-contacts")["id"] = contacts;
        return DataMapRegister.Load(map.ToJsonString());
    }

    private async Task FillAsync()
    {
        var (table, files) = (await TableAsync(), new BlobContainerClient(await SharedAzurite.ConnectionStringAsync(), _store));
        await files.CreateIfNotExistsAsync();
        await table.SubmitTransactionAsync(Enumerable.Range(0, 70).Select(Add));
        await table.SubmitTransactionAsync(Enumerable.Range(70, Contacts - 70).Select(Add));
        await Parallel.ForEachAsync(Enumerable.Range(0, Files), async (number, stop) =>
            await files.UploadBlobAsync($"a-1/{number % 5}{"/-"[number % 2]}x/{number}.txt", new BinaryData($"This is {number}.txt."), stop));

        static TableTransactionAction Add(int number) =>
            new(TableTransactionActionType.Add, new TableEntity("a-1", Contact(number)) { ["Name"] = $"Person {number}" });
    }

    private async Task<TableClient> TableAsync()
    {
        var table = new TableClient(await SharedAzurite.ConnectionStringAsync(), _store);
        await table.CreateIfNotExistsAsync();
        return table;
    }

    private static string Contact(int number) => $"contact-{number:D3}";

    private static List<JsonElement> Lines(ZipArchive package, string set) =>
    [
        .. Of(package, set, ".jsonl").SelectMany(entry => Text(entry).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line)),
    ];

    private static int Rows(ZipArchive package, string set) =>
        Of(package, set, ".csv").Sum(entry => Text(entry).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1);

    private static IEnumerable<ZipArchiveEntry> Of(ZipArchive package, string set, string ending) => package.Entries.Where(
        entry => entry.FullName.StartsWith(set, StringComparison.Ordinal) && entry.FullName.EndsWith(ending, StringComparison.Ordinal));

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
