using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.LocalHost.Sample;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>Everything that the sample company holds at a moment, to the byte: a key for each row and blob, and its content.</summary>
internal static class CompanyLook
{
    public static async Task<Dictionary<string, string>> AllAsync(string storage)
    {
        var all = new Dictionary<string, string>();
        var tables = new TableServiceClient(storage);
        await foreach (var table in tables.QueryAsync())
            if (table.Name.StartsWith("company", StringComparison.Ordinal) && table.Name != SampleCompany.MarkerTable)
                await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>())
                    all[KeyOf(table.Name, row.PartitionKey, row.RowKey)] = Content(row);

        var blobs = new BlobServiceClient(storage);
        await foreach (var container in blobs.GetBlobContainersAsync(prefix: "company"))
            await foreach (var blob in blobs.GetBlobContainerClient(container.Name).GetBlobsAsync())
                all[$"{container.Name}/{blob.Name}"] = Convert.ToHexString(blob.Properties.ContentHash);
        return all;
    }

    /// <summary>What the generator says that this host was seeded with.</summary>
    public static async Task<SampleData> TruthAsync(string storage)
    {
        var marker = (await new TableServiceClient(storage).GetTableClient(SampleCompany.MarkerTable)
            .GetEntityAsync<TableEntity>("seed", "sample")).Value;
        return SampleData.Generate(DateOnly.ParseExact(marker.GetString("Today"), "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    public static string KeyOf(string table, string partition, string row) => $"{table}/{partition}/{row}";

    private static string Content(TableEntity row)
    {
        var properties = row.Where(property => property.Key is not ("odata.etag" or "Timestamp" or "PartitionKey" or "RowKey"));
        return string.Join('\n', properties.OrderBy(property => property.Key, StringComparer.Ordinal)
            .Select(property => string.Create(CultureInfo.InvariantCulture, $"{property.Key}={property.Value}")));
    }
}
