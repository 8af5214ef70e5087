using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sources;

/// <summary>What a store holds beyond the map, or not at all: never exported silently, never taken for "nothing".</summary>
public sealed class UnmappedDataTests
{
    private static readonly SubjectKeys Anna = new(EmailAddress.Parse("anna@example.com"), []);

    [Fact]
    public async Task ExportAsync_RowWithAnUnmappedProperty_LeavesItOutAndNamesIt()
    {
        var sample = await SharedSample.GetAsync();
        var set = At(sample, "newsletter-subscriptions", new StoreLocation.Table("unmappedRows"), find: null);
        var table = new TableClient(sample.ConnectionString, set.Store.Name);
        await table.CreateAsync();
        var row = new TableEntity(KeyPath.Encode(Anna.Address), "n-1") 
        {
            ["Newsletter"] = "news",
            ["ShoeSize"] = 42,
            ["Photo"] = new byte[1],
        };
        await table.AddEntityAsync(row);

        var record = Assert.Single(await sample.ExportAsync(set, Anna));

        Assert.Equal(["Newsletter"], record.Values.Keys);
        Assert.Equal(["Photo", "ShoeSize"], record.UnmappedFields);
    }

    [Fact]
    public async Task ExportAsync_FilesThatNoFieldDescribes_AreNotGivenButReported()
    {
        var sample = await SharedSample.GetAsync();
        var set = At(sample, "support-conversations", new StoreLocation.Blobs("unmapped-files", "conversation.json"), find: null);
        set = set with { Fields = [.. set.Fields.Where(field => !field.IsFile)] };
        var container = new BlobContainerClient(sample.ConnectionString, set.Store.Name);
        await container.CreateAsync();
        await container.UploadBlobAsync($"{KeyPath.Encode(Anna.Address)}/T-1/recording.wav", new BinaryData("sound"));

        var record = Assert.Single(await sample.ExportAsync(set, Anna));

        Assert.Empty(record.Files);
        Assert.Equal([BlobDataSource.UnmappedFiles], record.UnmappedFields);
    }

    [Fact]
    public async Task ExportAsync_OneRowOfAFixedPartition_IsReadByItsKey()
    {
        var sample = await SharedSample.GetAsync();
        Assert.True(KeyPath.TryParse("{email}", out var key));
        var set = At(sample, "newsletter-subscriptions", new StoreLocation.Table("pointRows"), new Find.Row("news", key));
        var table = new TableClient(sample.ConnectionString, set.Store.Name);
        await table.CreateAsync();
        foreach (var address in new[] { "anna@example.com", "bert@example.com" })
        {
            var rowKey = KeyPath.Encode(EmailAddress.Parse(address));
            await table.AddEntityAsync(new TableEntity("news", rowKey) { ["Email"] = address });
        }


        var record = Assert.Single(await sample.ExportAsync(set, Anna));

        Assert.Equal("anna@example.com", record.Values["Email"].GetString());
    }

    [Fact]
    public async Task ExportAsync_TableThatDoesNotExist_IsAFaultAndNotAnEmptyAnswer()
    {
        var sample = await SharedSample.GetAsync();
        var set = At(sample, "newsletter-subscriptions", new StoreLocation.Table("nowhere"), find: null);

        await Assert.ThrowsAsync<RequestFailedException>(() => sample.ExportAsync(set, Anna));
    }

    private static DataSet At(SharedSample sample, string id, StoreLocation store, Find? find)
    {
        var set = sample.Map[DataSetId.Parse(id)];
        return set with { Store = store, Find = find ?? set.Find };
    }
}
