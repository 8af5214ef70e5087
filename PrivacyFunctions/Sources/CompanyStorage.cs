using System.Collections.Concurrent;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
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

    /// <exception cref="InvalidOperationException">No storage is set for the system.</exception>
    public TableClient Table(DataSet set) => tables.GetOrAdd(set.System, OpenTables).GetTableClient(set.Store.Name);

    /// <inheritdoc cref="Table"/>
    public BlobContainerClient Container(DataSet set) =>
        blobs.GetOrAdd(set.System, OpenBlobs).GetBlobContainerClient(set.Store.Name);

    private TableServiceClient OpenTables(SystemId system) =>
        TryUrl(system, "table", out var url)
            ? new TableServiceClient(url, new DefaultAzureCredential())
            : new TableServiceClient(Setting(system));

    private BlobServiceClient OpenBlobs(SystemId system) =>
        TryUrl(system, "blob", out var url)
            ? new BlobServiceClient(url, new DefaultAzureCredential())
            : new BlobServiceClient(Setting(system));

    private bool TryUrl(SystemId system, string service, out Uri url)
    {
        var isUrl = Uri.TryCreate(Setting(system), UriKind.Absolute, out var given) && given.Scheme == Uri.UriSchemeHttps;
        url = isUrl ? AccountUrl.Of(given!, service) : new Uri("about:blank");
        return isUrl;
    }

    private string Setting(SystemId system) =>
        configuration[$"Sources:{system}:Storage"] is { Length: > 0 } own ? own
        : configuration["Records:Storage"] is { Length: > 0 } records ? records
        : throw new InvalidOperationException(
            $"No storage is set for '{system}': set Sources:{system}:Storage or Records:Storage.");
}
