using System.Collections.Concurrent;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace PrivacyFunctions.Records;

/// <summary>
/// The storage account of our own records, apart from the company's data and from the host's own. Tables and containers
/// are created by their first use in a process, so that no start-up order matters.
/// </summary>
internal sealed class RecordStorage(TableServiceClient tables, BlobServiceClient blobs)
{
    private readonly ConcurrentDictionary<string, Task<TableClient>> _tables = new();
    private readonly ConcurrentDictionary<string, Task<BlobContainerClient>> _containers = new();

    public Task<TableClient> TableAsync(string name) => OnceAsync(_tables, name, async () =>
    {
        var table = tables.GetTableClient(name);
        await table.CreateIfNotExistsAsync();
        return table;
    });

    public Task<BlobContainerClient> ContainerAsync(string name) => OnceAsync(_containers, name, async () =>
    {
        var container = blobs.GetBlobContainerClient(name);
        await container.CreateIfNotExistsAsync();
        return container;
    });

    // A failed creation is forgotten, so that the next use tries again; the others share one.
    private static Task<T> OnceAsync<T>(ConcurrentDictionary<string, Task<T>> known, string name, Func<Task<T>> create)
    {
        var task = known.GetOrAdd(name, _ => create());
        if (!task.IsFaulted && !task.IsCanceled) return task;
        known.TryRemove(new(name, task));
        return known.GetOrAdd(name, _ => create());
    }
}
