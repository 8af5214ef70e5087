using System.Security.Cryptography;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>What the company's systems hold of its customer accounts, to the byte.</summary>
internal static class AccountsLook
{
    private const int AtATime = 16;

    /// <summary>
    /// Every row and file of each account, in the data sets that live as long as the account: a row with its ETag, its time
    /// stamp and every value, a file with its ETag and the hash of its content.
    /// </summary>
    public static async Task<ILookup<string, string>> ByAccountAsync(string storage)
    {
        var tables = new TableServiceClient(storage);
        var found = new List<(string Account, string Item)>();
        foreach (var table in new[] { "companyAccounts", "companyServiceContacts" })
            await foreach (var row in tables.GetTableClient(table).QueryAsync<TableEntity>())
            {
                var values = row.Select(value => $"{value.Key}={value.Value}").Order();
                found.Add((row.PartitionKey, $"{table}: {string.Join(" | ", values)}"));
            }

        var files = new BlobServiceClient(storage).GetBlobContainerClient("company-service");
        await Parallel.ForEachAsync(
            files.GetBlobsAsync(), new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (file, stop) =>
            {
                var content = await files.GetBlobClient(file.Name).DownloadContentAsync(stop);
                var hash = Convert.ToHexString(SHA256.HashData(content.Value.Content));
                lock (found) found.Add((file.Name.Split('/')[0], $"{file.Name}: {content.Value.Details.ETag} {hash}"));
            });
        return found.OrderBy(item => item.Item, StringComparer.Ordinal).ToLookup(item => item.Account, item => item.Item);
    }
}
