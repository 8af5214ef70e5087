using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;
using static PrivacyFunctions.Tests.Scenarios.BackupTests;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A night whose host is killed.</summary>
[Clause("T-BACKUP")]
public class BackupCrashTests
{
    [LocalFact]
    public async Task Night_HostKilledAtEveryStep_IsVerifiedOnceAndHoldsEverything()
    {
        await using var host = await MortalHost.StartAsync(crashAt: "before:start");
        await host.DiesDuringAsync(() => FireAndWatchAsync(host));
        await host.RunAsync(crashAt: "after:start");
        await host.DiesDuringAsync(() => FireAndWatchAsync(host));
        foreach (var point in new[] 
        {
            "before:CopyPart", "after:CopyPart", "before:CopyData", "after:CopyData", "after:VerifyPart", "after:NoteVerified",
            "after:DeleteOldBackups",
        })
            await host.RunUntilItDiesAsync(point);
        await host.RunAsync();

        var today = DateOnly.FromDateTime((await host.NowAsync()).UtcDateTime);
        await host.UntilAsync(async () => (await LedgerAsync(host)).Any(entry => Night(entry) == today && Has(entry, "verifiedAt")));
        var entry = (await LedgerAsync(host)).Single(entry => Night(entry) == today);
        Assert.Equal(await CountAsync(host), entry.GetProperty("rows").GetInt64());

        // Asked for once more, it stays what it is.
        await host.FireAsync("BackUpNightly");
        Assert.Equal(entry.GetRawText(), (await LedgerAsync(host)).Single(again => Night(again) == today).GetRawText());
    }

    // The host answers before the function has run: its death shows when it is asked again.
    private static async Task FireAndWatchAsync(ScenarioHost host)
    {
        await host.FireAsync("BackUpNightly");
        await host.UntilAsync(async () => (await LedgerAsync(host)).Count < 0);
    }

    // Everything of the company, counted in its own stores.
    private static async Task<long> CountAsync(ScenarioHost host)
    {
        var count = 0L;
        var tables = new TableServiceClient(host.Storage);
        await foreach (var table in tables.QueryAsync())
            if (table.Name.StartsWith("company", StringComparison.Ordinal) && table.Name != "companySeed")
                count += await tables.GetTableClient(table.Name).QueryAsync<TableEntity>(select: ["RowKey"]).CountAsync();
        var blobs = new BlobServiceClient(host.Storage);
        await foreach (var container in blobs.GetBlobContainersAsync(prefix: "company-"))
            count += await blobs.GetBlobContainerClient(container.Name).GetBlobsAsync().CountAsync();
        return count;
    }
}
