using Azure.Core.Pipeline;
using Azure.Data.Tables;
using PrivacyFunctions.LocalHost.Azurite;

namespace PrivacyFunctions.Benchmarks.Costs;

/// <summary>A table of its own on a host's Azurite, and the bare calls with which a promise is compared.</summary>
internal sealed class RawTable
{
    private static readonly string[] Commit = ["audit", "command", "state"];
    private static readonly string Words = new('x', 200);

    private readonly TableClient _table;

    private RawTable(TableClient table) => _table = table;

    /// <param name="host">The host.</param>
    /// <param name="name">No other table's.</param>
    /// <param name="connections">How many connections it may use.</param>
    public static async Task<RawTable> OpenAsync(ServerProcess host, string name, int connections)
    {
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = connections };
        var options = new TableClientOptions { Transport = new HttpClientTransport(new HttpClient(handler)) };
        var storage = AzuriteRecord.Read(Path.Combine(host.Folder, "azurite.json"))!.Ports.ConnectionString;
        var table = new TableClient(storage, name, options);
        await table.CreateAsync();
        return new(table);
    }

    /// <summary>Three new rows of a partition in one transaction, as the smallest commit of a case has.</summary>
    public Task CommitAsync()
    {
        var partition = Guid.NewGuid().ToString("N");
        return _table.SubmitTransactionAsync(Commit
            .Select(row => new TableTransactionAction(TableTransactionActionType.Add, Row(partition, row))));
    }

    /// <summary>Writes one row, whether or not it is there.</summary>
    public Task UpsertAsync(string partition) =>
        _table.UpsertEntityAsync(Row(partition, "row"), TableUpdateMode.Replace);

    private static TableEntity Row(string partition, string row) =>
        new(partition, row) { ["At"] = DateTimeOffset.UtcNow, ["What"] = Words };
}
