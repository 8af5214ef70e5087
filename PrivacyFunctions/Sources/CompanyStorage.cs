using System.Collections.Concurrent;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PrivacyFunctions.DataMap;

namespace PrivacyFunctions.Sources;

/// <summary>
/// The storage account of each of the company's systems: the setting <c>Sources:{system}:Storage</c>, or where that is
/// missing <c>Records:Storage</c>. It is a connection string, or the account's blob or table URL, which is entered with
/// the identity that the program runs under. Clients are made once and shared; they are thread-safe.
/// </summary>
internal sealed class CompanyStorage(IConfiguration configuration)
{
    private readonly ConcurrentDictionary<SystemId, TableServiceClient> tables = new();
    private readonly ConcurrentDictionary<SystemId, BlobServiceClient> blobs = new();

    /// <exception cref="OptionsValidationException">No storage is set for the system, or the setting cannot be read.</exception>
    public TableClient Table(DataSet set) => tables.GetOrAdd(set.System, OpenTables).GetTableClient(set.Store.Name);

    /// <inheritdoc cref="Table"/>
    public BlobContainerClient Container(DataSet set) =>
        blobs.GetOrAdd(set.System, OpenBlobs).GetBlobContainerClient(set.Store.Name);

    /// <summary>The setting that names a system's storage, and what it says.</summary>
    /// <inheritdoc cref="Table"/>
    public (string Name, string Value) Setting(SystemId system) =>
        Find($"Sources:{system}:Storage") ?? Find("Records:Storage")
        ?? throw Refused($"Neither Sources:{system}:Storage nor Records:Storage is set");

    private TableServiceClient OpenTables(SystemId system) => OrRefused(system, () =>
        TryUrl(system, "table", out var url)
            ? new TableServiceClient(url, new DefaultAzureCredential())
            : new TableServiceClient(Setting(system).Value));

    private BlobServiceClient OpenBlobs(SystemId system) => OrRefused(system, () =>
        TryUrl(system, "blob", out var url)
            ? new BlobServiceClient(url, new DefaultAzureCredential())
            : new BlobServiceClient(Setting(system).Value));

    private T OrRefused<T>(SystemId system, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException or InvalidOperationException)
        {
            throw Refused($"{Setting(system).Name} cannot be read"); // without what it was: it holds a key
        }
    }

    private static OptionsValidationException Refused(string what) => new(
        "Sources", typeof(CompanyStorage), [$"{what}: a connection string, or the account's https address."]);

    private bool TryUrl(SystemId system, string service, out Uri url)
    {
        var isUrl = Uri.TryCreate(Setting(system).Value, UriKind.Absolute, out var given) && given.Scheme == Uri.UriSchemeHttps;
        url = isUrl ? AccountUrl.Of(given!, service) : new Uri("about:blank");
        return isUrl;
    }

    private (string Name, string Value)? Find(string name) => configuration[name] is { Length: > 0 } value ? (name, value) : null;
}
