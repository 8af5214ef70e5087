using System.Net;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>Our own record of a request ends like the data that it was about, on whatever host.</summary>
[Clause("K-SCHEDULE")]
public partial class ClosedCasesOnAnyHostTests
{
    private static readonly string[] Tables = ["privacyCases", "privacyMails", "privacyPeople", "privacyCaseIndex"];

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Case_ThreeYearsAfterItWasClosed_GoesWithAllThatIsKeptForItUnlessItsPersonHasAHold()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        var (person, held, hold) = (DataSubject.Stranger(host), DataSubject.Stranger(host), $"h-{Guid.NewGuid():N}");
        var (old, kept, young) = (await person.AskAsync(), await held.AskAsync(), await DataSubject.Stranger(host).AskAsync());
        foreach (var reference in new[] { old, kept, young }) await host.UntilAsync(reference, found => found.Status() == "closed");
        foreach (var reference in new[] { old, kept }) await AgeAsync(host, reference);
        await host.OperateAsync("holds", new
        {
            email = held.Address, id = hold, kind = "legal", dataSet = "mail-log", ground = $"A claim is pending: {hold}.", owner = "legal-team", reviewOn = "2100-01-31",
        });
        foreach (var table in Tables) Assert.NotEmpty(await RowsAsync(host, table, old));

        var day = await host.SweepAsync("cases");

        foreach (var table in Tables)
        {
            Assert.Empty(await RowsAsync(host, table, old));
            Assert.NotEmpty(await RowsAsync(host, table, kept));
            Assert.NotEmpty(await RowsAsync(host, table, young));
        }

        Assert.True((await host.CaseAsync(young)).ChainIsIntact());
        Assert.Single(await host.KeptAsync(day, "cases"), found => found.GetRawText().Contains(hold, StringComparison.Ordinal));

        await host.OperateAsync("holds/release", new { email = held.Address, id = hold });
        await host.SweepAsync("cases");
        foreach (var table in Tables) Assert.Empty(await RowsAsync(host, table, kept));
    }

    [Fact]
    [Clause("R-COMPLAIN")]
    public async Task Complaint_ThreeYearsAfterItWasClosed_GoesWithWhatItsPersonWroteAndSentAndWhatWeExplained()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        var references = new List<string>();
        for (var number = 1; number <= 2; number++)
        {
            var person = DataSubject.Stranger(host);
            references.Add(await person.ComplainAsync($"This is complaint {number}."));
            await host.UntilItWaitsAsync(references[^1]);
            var page = await person.PageAsync(host, Complaining.Received);
            Assert.Equal(HttpStatusCode.OK, await host.AttachAsync(page, "Here is the proof.", "k", ("proof.pdf", Attaching.Pdf("proof"))));
            await host.ReadAsync(references[^1]);
            await host.StatementAsync(references[^1]);
            await host.DecideAsync(references[^1], "upheld", "It is so.");
            await host.UntilAsync(references[^1], found => found.Status() == "closed");
        }

        await AgeAsync(host, references[0]);
        await host.SweepAsync("cases");
        Assert.Empty(await RowsAsync(host, "privacyStatements", references[0]));
        Assert.Empty(await RowsAsync(host, "privacyCases", references[0]));
        Assert.Equal((0, 1), (await host.BlobsAsync(references[0]), await host.BlobsAsync(references[1])));
        Assert.Equal(3, (await RowsAsync(host, "privacyStatements", references[1])).Count);
    }

    // All its dates lie years back, as if it had been of that time.
    private static async Task AgeAsync(ScenarioHost host, string reference)
    {
        var table = new TableClient(host.Storage, "privacyCases");
        foreach (var row in await RowsAsync(host, "privacyCases", reference))
        {
            foreach (var column in new[] { "State", "Content" })
                if (row.GetString(column) is { } text) row[column] = Year().Replace(text, "\"2020-");
            await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        }
    }

    private static async Task<IReadOnlyList<TableEntity>> RowsAsync(ScenarioHost host, string table, string reference) =>
        await new TableClient(host.Storage, table)
            .QueryAsync<TableEntity>(row =>
                row.PartitionKey == reference || row.RowKey == reference || row.RowKey == $"9999-12-31-{reference}").ToListAsync();

    [GeneratedRegex("\"20\\d\\d-")]
    private static partial Regex Year();
}
