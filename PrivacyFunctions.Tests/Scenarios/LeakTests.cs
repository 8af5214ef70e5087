using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>Privacy is our own first customer: no trace of a person where only ids belong.</summary>
[Clause("C-SECURE")]
public class LeakTests
{
    [LocalFact("looks into its files", typeof(LeaksOnAnyHostTests))]
    public async Task EngineLogsAndUrls_AfterTheFlow_NameNobody()
    {
        await using var host = await LocalHostProcess.StartAsync();
        var people = new[] { SamplePeople.OtherScript, SamplePeople.ApostropheAndPlus, SamplePeople.FormulaName };
        var references = new List<string>();
        var links = new List<string>();
        foreach (var address in people)
        {
            var person = new DataSubject(host, address);
            references.Add(await person.AskAsync());
            await person.ConfirmAsync();
            links.Add(await person.LinkAsync(Mails.Confirm));
            links.Add(await person.LinkAsync(Mails.Ready));
            links.Add(await person.OpenAsync());
        }

        // A failing step writes most: a mail that is refused, and a source that is gone.
        await host.RefuseMailsAsync(next: 8, status: 503);
        await DataSubject.Stranger(host).AskAsync();
        await host.PassAsync(TimeSpan.FromMinutes(20));
        await new TableServiceClient(host.Storage).DeleteTableAsync("companyPayments");
        var unlucky = new DataSubject(host, SamplePeople.All[30].Address);
        references.Add(await unlucky.AskAsync());
        await unlucky.ConfirmAsync();
        await host.PassAsync(TimeSpan.FromMinutes(20));
        Assert.Equal(["GatherDataSet/payments"], (await host.CaseAsync(references[^1])).Attention());
        var records = new List<(string Table, string Row)>();
        await foreach (var row in RecordsLook.RowsAsync(host.Storage)) records.Add(row);
        await new TableServiceClient(host.Storage).CreateTableAsync("companyPayments"); // without it the host does not start again
        using (await host.App.GetAsync($"confirm/{people[0]}")) await host.KillAsync(); // so that no file is being written

        var written = new Dictionary<string, string> { ["output"] = host.Output, ["links"] = string.Join('\n', links) };
        foreach (var file in Directory.EnumerateFiles(host.Folder, "*", SearchOption.AllDirectories).Where(IsNotStorageOrMail))
            written[Path.GetRelativePath(host.Folder, file)] = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file));

        await foreach (var blob in new BlobServiceClient(host.Storage).GetBlobContainerClient("privacy-keys").GetBlobsAsync())
        {
            var key = (await new BlobServiceClient(host.Storage)
                .GetBlobContainerClient("privacy-keys").GetBlobClient(blob.Name)
                .DownloadContentAsync()).Value.Content.ToString();
            Assert.Contains("<sealed", key); // whoever gets the storage account alone can make no link
            Assert.DoesNotContain("masterKey", key);
        }

        foreach (var table in records.Where(row => row.Table != "privacyContacts").GroupBy(row => row.Table))
            written[table.Key] = string.Join('\n', table.Select(row => row.Row));

        Assert.Contains(
            "GatherDataSet failed: RequestFailedException 404 TableNotFound",
            host.Output.Replace("\r", "", StringComparison.Ordinal) + string.Concat(written.Values));
        Assert.Contains(
            references[0],
            string.Concat(
                written.Where(part => part.Key.StartsWith("engine.db", StringComparison.Ordinal)).Select(part => part.Value)));
        foreach (var (place, text) in written)
            foreach (var trace in SamplePeople.All.SelectMany(TracesOf))
                Assert.False(text.Contains(trace, StringComparison.OrdinalIgnoreCase), $"{place} holds a person's address or name.");

        // The mailbox of a person and the company's own storage hold what they are for.
        bool IsNotStorageOrMail(string path) =>
            !path.StartsWith(Path.Combine(host.Folder, "azurite") + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !path.StartsWith(Path.Combine(host.Folder, "outbox") + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    // As they are, as JSON and URLs write them, and as the unkeyed hash that anybody could make.
    private static IEnumerable<string> TracesOf(SamplePerson person)
    {
        foreach (var plain in new[] { person.Address, person.SecondAddress, person.Name }.OfType<string>())
        {
            yield return plain;
            yield return JsonEncodedText.Encode(plain).ToString();
            yield return Uri.EscapeDataString(plain);
            yield return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(plain));
            yield return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(plain)));
        }
    }
}
