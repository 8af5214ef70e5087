using System.Globalization;
using System.Security.Cryptography;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Configuration;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sources;

/// <summary>A data set of the sample in a table or container of the test's own, which the test may destroy.</summary>
internal sealed class SetCopy(DataSet set, string connectionString)
{
    private const int PeopleWithUsage = 12; // the awkward ones and some others: thousands of rows take their time

    public static DataMapRegister Map { get; } = DataMapRegister.LoadEmbedded();

    public static byte[] Salt { get; } = RandomNumberGenerator.GetBytes(32);

    public DataSet Set => set;

    public TableClient Table { get; } = new(connectionString, set.Store.Name);

    public BlobContainerClient Container { get; } = new(connectionString, set.Store.Name);

    public PersonalDataSources Sources { get; } = SourcesAt(connectionString);

    public static async Task<SetCopy> OfAsync(string id)
    {
        var original = Map[DataSetId.Parse(id)];
        var name = $"copy{Guid.NewGuid():N}";
        StoreLocation store = original.Store is StoreLocation.Blobs blobs
            ? new StoreLocation.Blobs(name, blobs.Document)
            : new StoreLocation.Table(name);
        var copy = new SetCopy(original with { Store = store }, await SharedAzurite.ConnectionStringAsync());
        await (store is StoreLocation.Blobs ? copy.FillContainerAsync(original) : copy.FillTableAsync(original));
        return copy;
    }

    /// <summary>The same table or container, as another data set of the map sees it.</summary>
    public SetCopy As(string id) => new(Map[DataSetId.Parse(id)] with { Store = set.Store }, connectionString);

    public static SubjectKeys Person(string address)
    {
        var person = SamplePeople.ByAddress(address);
        Assert.True(PersonId.TryParse(person.Id, out var id));
        return new SubjectKeys(EmailAddress.Parse(address), [id])
        {
            OtherAddresses = [.. person.Addresses.Where(other => other != address).Select(EmailAddress.Parse)],
        };
    }

    public static AccountKeys Account(string id) => new(AccountId.Parse(id));

    /// <summary>The adapters to stores that lie there.</summary>
    public static PersonalDataSources SourcesAt(string connectionString)
    {
        var storage = StorageAt(connectionString);
        return new PersonalDataSources([new TableDataSource(storage), new BlobDataSource(storage)]);
    }

    public static CompanyStorage StorageAt(string connectionString) => new(new ConfigurationBuilder()
        .AddInMemoryCollection([KeyValuePair.Create("Records:Storage", (string?)connectionString)]).Build());

    public async Task<IReadOnlyList<FoundItem>> FindAsync(DataKeys keys)
    {
        var items = new List<FoundItem>();
        await foreach (var item in Sources.FindAsync(set, keys, CancellationToken.None))
            items.Add(item);
        return items;
    }

    public Task<int> EraseAsync(DataKeys keys, params IEnumerable<ItemKey> items) =>
        Sources.EraseAsync(set, keys, [.. items], CancellationToken.None);

    public Task<int> AnonymiseAsync(DataKeys keys, params IEnumerable<ItemKey> items) =>
        Sources.AnonymiseAsync(set, keys, [.. items], Salt, CancellationToken.None);

    /// <summary>Erases as the callers do: a hundred at a time, while the listing goes on.</summary>
    public async Task<int> EraseAllAsync(DataKeys keys)
    {
        var (erased, batch) = (0, new List<ItemKey>());
        await foreach (var item in Sources.FindAsync(set, keys, CancellationToken.None))
        {
            batch.Add(item.Key);
            if (batch.Count < PersonalDataSources.LargestBatch)
                continue;
            erased += await EraseAsync(keys, batch);
            batch.Clear();
        }

        return erased + await EraseAsync(keys, batch);
    }

    /// <summary>All that lies in the store, by key, with the version that every write changes.</summary>
    public async Task<Dictionary<string, string>> LookAsync()
    {
        var all = new Dictionary<string, string>();
        if (set.Store is StoreLocation.Blobs)
            await foreach (var blob in Container.GetBlobsAsync(BlobTraits.None, BlobStates.All, null, CancellationToken.None))
                all.Add(blob.Name, $"{blob.Properties.ETag} {Convert.ToHexString(blob.Properties.ContentHash)}");
        else
            await foreach (var row in Table.QueryAsync<TableEntity>())
                all.Add(ItemKey.OfRow(row.PartitionKey, row.RowKey).Value, Text(row));
        return all;
    }

    /// <summary>The keys that the generator says are theirs, as <see cref="LookAsync"/> names them.</summary>
    public IEnumerable<string> TruthOf(params string?[] subjects)
    {
        bool IsTheirs(SampleHolder holder) => holder.DataSet == set.Id.Value && subjects.Contains(holder.Subject);
        return SharedSample.Truth.Rows.Where(row => row.Holders.Any(IsTheirs))
            .Select(row => ItemKey.OfRow(row.PartitionKey, row.RowKey).Value)
            .Concat(SharedSample.Truth.Blobs.Where(blob => blob.Holders.Any(IsTheirs)).Select(blob => blob.Name));
    }

    private static string Text(TableEntity row) => string.Join('|', row.OrderBy(property => property.Key, StringComparer.Ordinal)
        .Select(property => string.Create(
            CultureInfo.InvariantCulture, $"{property.Key}={property.Value} ({property.Value.GetType().Name})")));

    private async Task FillTableAsync(DataSet original)
    {
        await Table.CreateAsync();
        var people = SamplePeople.All.Take(PeopleWithUsage).Select(person => person.Id).ToHashSet();
        var transactions = SharedSample.Truth.Rows
            .Where(row => row.Table == original.Store.Name)
            .Where(row => row.Table != "companyUsage" || people.Contains(row.PartitionKey))
            .GroupBy(row => row.PartitionKey).SelectMany(partition => partition.Chunk(100));
        await Parallel.ForEachAsync(transactions, async (rows, stop) => await Table.SubmitTransactionAsync(
            rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, Entity(row))), stop));
    }

    private async Task FillContainerAsync(DataSet original)
    {
        await Container.CreateAsync();
        await Parallel.ForEachAsync(
            SharedSample.Truth.Blobs.Where(blob => blob.Container == original.Store.Name),
            async (blob, stop) => await Container.UploadBlobAsync(blob.Name, blob.Content, stop));
    }

    private static TableEntity Entity(SampleRow row)
    {
        var entity = new TableEntity(row.PartitionKey, row.RowKey);
        foreach (var (name, value) in row.Properties)
            entity.Add(name, value);
        return entity;
    }
}
