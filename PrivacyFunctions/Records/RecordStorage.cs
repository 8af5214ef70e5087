using System.Collections.Concurrent;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Records;

/// <summary>
/// The storage account of our own records, apart from the company's data and from the host's own. Tables and containers
/// are created by their first use in a process, so that no start-up order matters.
/// </summary>
internal sealed class RecordStorage(TableServiceClient tables, BlobServiceClient blobs)
{
    private readonly ConcurrentDictionary<string, Task<TableClient>> _tables = new();
    private readonly ConcurrentDictionary<string, Task<BlobContainerClient>> _containers = new();

    /// <summary>Opens an account.</summary>
    /// <param name="setting">A connection string, or the account's https address for the identity that this program runs under.</param>
    /// <exception cref="OptionsValidationException">There is no setting, or it is neither.</exception>
    public static RecordStorage Open(string? setting)
    {
        if (string.IsNullOrEmpty(setting)) throw Refused("is not set");
        try
        {
            return Uri.TryCreate(setting, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
                ? new(
                    new TableServiceClient(AccountUrl.Of(url, "table"), new DefaultAzureCredential()),
                    new BlobServiceClient(AccountUrl.Of(url, "blob"), new DefaultAzureCredential()))
                : new(new TableServiceClient(setting), new BlobServiceClient(setting));
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException or InvalidOperationException)
        {
            throw Refused("cannot be read"); // without what it was: it holds a key
        }
    }

    private static OptionsValidationException Refused(string why) => new(
        "Records", typeof(RecordStorage), [$"Records:Storage {why}: a connection string, or the account's https address."]);

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
