using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.LocalHost.Azurite;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.Tests.Ground;

public sealed class AzuriteProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Stop_RightAfterWrites_KeepsWhatWasAcknowledged()
    {
        using var data = DataFolder.Open(_folder.Path);
        var first = await StartAsync(data);
        var table = await TableAsync(first);
        for (var i = 0; i < 50; i++)
            await table.AddEntityAsync(new TableEntity("p", i.ToString(CultureInfo.InvariantCulture)));
        var blobs = new BlobContainerClient(first.ConnectionString, "exports");
        await blobs.CreateAsync();
        await blobs.UploadBlobAsync("export.zip", BinaryData.FromString("content"));

        Assert.True(await first.StopAsync());
        Assert.False(File.Exists(data.AzuriteRecord));
        Assert.Null(await OtherProcess.CommandLineAsync(first.ProcessId, default));

        await using var second = await StartAsync(data);
        Assert.False(second.Adopted);
        Assert.Equal(50, await CountAsync(second));
        var export = await new BlobContainerClient(second.ConnectionString, "exports").GetBlobClient("export.zip").DownloadContentAsync();
        Assert.Equal("content", export.Value.Content.ToString());
    }

    [Fact]
    public async Task Start_OwnerVanished_AdoptsTheOneLeftOver()
    {
        AzuriteProcess leftOver;
        using (var owner = DataFolder.Open(_folder.Path))
        {
            leftOver = await StartAsync(owner);
            await (await TableAsync(leftOver)).AddEntityAsync(new TableEntity("p", "r"));
        }

        using var data = DataFolder.Open(_folder.Path);
        await using var adopted = await StartAsync(data);

        Assert.True(adopted.Adopted);
        Assert.Equal((leftOver.ProcessId, leftOver.ConnectionString), (adopted.ProcessId, adopted.ConnectionString));
        Assert.Equal(1, await CountAsync(adopted));
    }

    [Fact]
    public async Task Start_RecordNamesAnotherProgram_LeavesThatAloneAndStartsAnew()
    {
        using var data = DataFolder.Open(_folder.Path);
        await File.WriteAllTextAsync(
            data.AzuriteRecord,
            $$"""{"processId":{{Environment.ProcessId}},"startedAt":"2026-01-01T00:00:00Z","blobPort":1,"queuePort":2,"tablePort":3}""");

        await using var started = await StartAsync(data);

        Assert.False(started.Adopted);
        Assert.NotEqual(Environment.ProcessId, started.ProcessId);
        await TableAsync(started);
    }

    [Fact]
    public async Task Start_UnreadableRecord_LeavesTheDecisionToAPerson()
    {
        using var data = DataFolder.Open(_folder.Path);
        await File.WriteAllTextAsync(data.AzuriteRecord, "{");

        var problem = await Assert.ThrowsAsync<StartUpProblem>(() => StartAsync(data));

        Assert.Contains("azurite.json cannot be read", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AzuriteThatEndsAtOnce_PointsToItsLog()
    {
        using var data = DataFolder.Open(_folder.Path);
        await File.WriteAllTextAsync(Path.Combine(data.Azurite, "__azurite_db_table__.json"), "not a database");

        var problem = await Assert.ThrowsAsync<StartUpProblem>(() => StartAsync(data));

        Assert.Contains("did not start", problem.Message, StringComparison.Ordinal);
        Assert.NotEqual(0, new FileInfo(Path.Combine(data.Logs, "azurite.log")).Length);
    }

    internal static ProgressStep Silent() => new Progress(TextWriter.Null, TimeProvider.System).Begin("Azurite");

    private static Task<AzuriteProcess> StartAsync(DataFolder data) =>
        AzuriteProcess.StartAsync(data, AzuriteInstallation.Default, Silent(), default);

    private static async Task<TableClient> TableAsync(AzuriteProcess azurite)
    {
        var table = new TableClient(azurite.ConnectionString, "rows");
        await table.CreateIfNotExistsAsync();
        return table;
    }

    private static async Task<int> CountAsync(AzuriteProcess azurite)
    {
        var count = 0;
        await foreach (var _ in (await TableAsync(azurite)).QueryAsync<TableEntity>())
            count++;
        return count;
    }
}
