using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.SampleCompanies;

public sealed class SeedTests
{
    [Fact]
    public async Task SeedAsync_SampleIsComplete_WritesNothing()
    {
        var sample = await SharedSample.GetAsync();

        Assert.False(await SampleCompany.SeedAsync(
            new TableServiceClient(sample.ConnectionString), new BlobServiceClient(sample.ConnectionString),
            SharedSample.Today.AddDays(30), progress: null, CancellationToken.None));
    }

    [Fact]
    public async Task SeedAsync_StoppedHalfWayAndCompletedADayLater_HoldsTheFirstDaysSampleExactly()
    {
        var sample = await SharedSample.GetAsync();
        var tables = new TableServiceClient(sample.ConnectionString);
        foreach (var table in SharedSample.Truth.Rows.GroupBy(row => row.Table))
        {
            var keys = new List<string>();
            var client = tables.GetTableClient(table.Key);
            await foreach (var row in client.QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey"]))
                keys.Add($"{row.PartitionKey}|{row.RowKey}");

            Assert.Equal(
                table.Select(row => $"{row.PartitionKey}|{row.RowKey}").Order(StringComparer.Ordinal),
                keys.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task SeedAsync_Blobs_AreThoseOfTheSample()
    {
        var sample = await SharedSample.GetAsync();
        var service = new BlobServiceClient(sample.ConnectionString);
        foreach (var container in SharedSample.Truth.Blobs.GroupBy(blob => blob.Container))
        {
            var stored = new List<string>();
            await foreach (var blob in service.GetBlobContainerClient(container.Key).GetBlobsAsync())
                stored.Add($"{blob.Name} {blob.Properties.ContentType} {blob.Properties.ContentLength}");

            Assert.Equal(
                container.Select(blob => $"{blob.Name} {blob.ContentType} {blob.Content.ToMemory().Length}")
                    .Order(StringComparer.Ordinal),
                stored.Order(StringComparer.Ordinal));
        }
    }
}
