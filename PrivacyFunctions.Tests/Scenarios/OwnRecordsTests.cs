using Azure.Data.Tables;
using Azure.Storage.Blobs;
using NodaTime;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>
/// What we keep about a person's request is personal data too, so the data map lists it like any other, to the column:
/// what is not in the map is neither told nor ever deleted.
/// </summary>
[Clause("K-SCHEDULE")]
[Clause("C-MINIMUM")]
public class OwnRecordsTests
{
    private static readonly IReadOnlyList<DataSet> Mapped =
        [.. DataMapRegister.LoadEmbedded().DataSets.Where(set => set.System.Value == "privacy")];

    // Nobody's data: each with the reason why the map does not name it.
    private static readonly Dictionary<string, string> Technical = new()
    {
        ["privacyPending"] = "hints to cases that may have to be woken; each is removed within seconds, or by the sweep within an hour",
        ["privacyBackups"] = "dates, sizes and hashes of the backups, no keys of what is in them",
        ["privacyRetention"] = "counts of each day's sweep, and the grounds of what it kept; a place in a list, which names a person, is sealed and goes in the end",
        ["privacySettings"] = "the anchor of the legal clock, where time runs faster",
        ["privacyCampaigns"] = "words and totals of newsletters; a place in the list, which names a person, is sealed and goes in the end",
        ["privacyCases.Intent"] = "what must follow a commit; removed as soon as it did, and the same for everybody",
        ["privacyDue"] = "which terminations are due on which day; case references only, removed with the purge",
        ["privacyCaseIndex"] = "which cases are open, closed or need attention; case references and due dates only",
        ["privacyOpenNotices"] = "which acts of which cases have recipients that did not answer; days and case references only",
        ["privacyOwedMails"] = "of which cases a mail about a transmission may be owed; case references only, removed within minutes of the mail",
        ["privacyPackages"] = "until when which packages are kept; case references only, removed with the package",
        ["privacyRuns"] = "which dated jobs were begun and ended",
        ["privacy-keys"] = "the key ring behind the links",
        ["privacy-receipt-keys"] = "the keys that receipts are signed with",
    };

    [Fact]
    public async Task Columns_OfEveryTableOfOurs_AreThoseOfTheMap()
    {
        var host = await AfterADeliveryAsync();

        var written = await TablesAsync(host);

        var mapped = Mapped.Where(set => set.Store is StoreLocation.Table)
            .ToDictionary(set => set.Store.Name, set => set.Fields.Select(field => field.Name).ToHashSet());
        Assert.Contains("privacyCases", written.Keys);
        Assert.All(written, table => Assert.Superset(table.Value, mapped.GetValueOrDefault(table.Key) ?? []));
    }

    [Fact]
    public async Task Containers_OfOurs_AreThoseOfTheMap()
    {
        var host = await AfterADeliveryAsync();

        var written = new List<string>();
        await foreach (var container in new BlobServiceClient(host.Storage).GetBlobContainersAsync(prefix: "privacy-"))
            if (!Technical.ContainsKey(container.Name)) written.Add(container.Name);

        Assert.Contains("privacy-exports", written);
        Assert.Subset(Mapped.Where(set => set.Store is StoreLocation.Blobs).Select(set => set.Store.Name).ToHashSet(), written.ToHashSet());
    }

    [Fact]
    public void Retention_OfThePackage_IsThePolicysDefault()
    {
        var exports = Mapped.Single(set => set.Id.Value == "access-exports");
        Assert.Equal(Period.FromDays(new PolicyOptions().ExportDays), Assert.IsType<Retention.After>(exports.Retention).Period);
    }

    private static async Task<ScenarioHost> AfterADeliveryAsync()
    {
        var host = await ScenarioHost.SharedAsync();
        await DataSubject.Stranger(host).ReceiveEverythingAsync();
        await DataSubject.Stranger(host).AskAsync(agent: DataSubject.Stranger(host).Address);
        var (reader, newsletter) = (DataSubject.Stranger(host).Address, SentNewsletters.FreshName());
        await host.SubscribeAsync(reader, newsletter);
        await host.CountsAsync(await host.OrderAsync(newsletter, "News"));
        await host.OneClickAsync(await host.WayOutAsync(reader, newsletter));
        return host;
    }

    // Each table of ours that anything was written to, with the columns that any of its rows has.
    private static async Task<Dictionary<string, ISet<string>>> TablesAsync(ScenarioHost host)
    {
        var service = new TableServiceClient(host.Storage);
        var tables = new Dictionary<string, ISet<string>>();
        await foreach (var table in service.QueryAsync())
        {
            // The host's own task hub, "PrivacyFunctions...", holds ids only and is no record of ours.
            if (!table.Name.StartsWith("privacy", StringComparison.Ordinal) || Technical.ContainsKey(table.Name)) continue;
            var columns = new HashSet<string>();
            await foreach (var row in service.GetTableClient(table.Name).QueryAsync<TableEntity>())
                columns.UnionWith(row.Keys.Where(column => !IsKey(column) && !Technical.ContainsKey($"{table.Name}.{column}")));
            tables[table.Name] = columns;
        }

        return tables;
    }

    private static bool IsKey(string column) =>
        column is "PartitionKey" or "RowKey" or "Timestamp"
        || column.StartsWith("odata", StringComparison.Ordinal);
}
