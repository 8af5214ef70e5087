using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Cases.Operators;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>What an operator sees of a case that somebody tampered with, or that changes under their eyes.</summary>
[Clause("C-SECURE")]
public class OperatorTests
{
    [Theory]
    [InlineData("no JSON at all")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"at":"2026-03-02T09:00:00+00:00","fact":{}}""")]
    [InlineData("""{"fact":{"fact":"never heard of"}}""")]
    [InlineData("""{"fact":{"fact":"linked-to-open-case","other":"nobody"}}""")]
    public async Task Case_WithATamperedRow_IsShownWithTheVerdict(string content)
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        await host.UntilAsync(reference, view => view.Facts().Contains("confirmation-asked"));
        var table = new TableServiceClient(host.Storage).GetTableClient("privacyCases");
        var row = (await table.GetEntityAsync<TableEntity>(reference, "audit-0000000001")).Value;
        row["Content"] = content;
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);

        var shown = await host.CaseAsync(reference);

        Assert.False(shown.ChainIsIntact());
        Assert.Equal("row 1 was changed", shown.GetProperty("chain").GetProperty("finding").GetString());
        Assert.Equal(2, shown.GetProperty("audit").GetArrayLength());
        if (content.StartsWith("no", StringComparison.Ordinal))
            Assert.Equal(content, shown.GetProperty("audit")[0].GetProperty("entry").GetString());
    }

    [Fact]
    public async Task Case_WithARowThatIsNotOurs_IsShownWithTheVerdict()
    {
        var host = await ScenarioHost.SharedAsync();
        var reference = await DataSubject.Stranger(host).AskAsync();
        await host.UntilAsync(reference, view => view.Facts().Contains("confirmation-asked"));
        await new TableServiceClient(host.Storage).GetTableClient("privacyCases")
            .AddEntityAsync(new TableEntity(reference, "audit-forged") { ["Content"] = 7 });

        Assert.False((await host.CaseAsync(reference)).ChainIsIntact());
    }

    [Fact]
    public async Task Case_ChangedWhileItIsRead_IsShownAsOfOneInstant()
    {
        var connection = await SharedAzurite.ConnectionStringAsync();
        var writer = Store(new(connection), connection);
        var id = await CreateAsync(writer);
        var inBetween = new BeforeFirstAuditQuery(() =>
            writer.ExecuteAsync<SubjectRequest>(id, "confirm", Actors.Subject, RequestDecisions.Confirm, [], default));
        var options = new TableClientOptions();
        options.AddPolicy(inBetween, HttpPipelinePosition.PerCall);

        var shown = await ShowAsync(Store(new(connection, options), connection), id);

        Assert.True(inBetween.Happened);
        Assert.Equal("2 rows, unbroken", shown.GetProperty("chain").GetProperty("finding").GetString());
        Assert.Equal("confirmed", shown.Status());
    }

    private static async Task<JsonElement> ShowAsync(CaseStore store, CaseId id)
    {
        var http = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider(),
            Response = { Body = new MemoryStream() },
        };
        var connection = await SharedAzurite.ConnectionStringAsync();
        var views = new ViewLog(new(new(connection), new BlobServiceClient(connection)), TimeProvider.System);
        await (await new ShowCase(store, Kinds.Json, views).RunAsync(http.Request, id.Value, default)).ExecuteAsync(http);
        http.Response.Body.Position = 0;
        return (await JsonDocument.ParseAsync(http.Response.Body)).RootElement;
    }

    private static async Task<CaseId> CreateAsync(CaseStore store)
    {
        var id = CaseId.FromBytes(Guid.NewGuid().ToByteArray());
        var plan = new CasePlan(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));
        var (received, fact) = RequestDecisions.Receive(
            AccessRequest.New, id, plan, new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), new(2026, 3, 2),
            Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0");
        await store.CreateAsync(received, [fact], Actors.Subject, default);
        return id;
    }

    private static CaseStore Store(TableServiceClient tables, string connection)
    {
        var storage = new RecordStorage(tables, new BlobServiceClient(connection));
        return new(storage, new PendingHints(storage, TimeProvider.System), new CaseIndex(storage, TimeProvider.System), Kinds.Json,
            TimeProvider.System);
    }

    // Another writer commits after the state row was read and before the audit rows are.
    private sealed class BeforeFirstAuditQuery(Func<Task> commit) : HttpPipelinePolicy
    {
        public bool Happened { get; private set; }

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (!Happened && message.Request.Uri.Query.Contains(AuditRow.Prefix, StringComparison.Ordinal))
            {
                Happened = true;
                await commit();
            }

            await ProcessNextAsync(message, pipeline);
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException("The store asks asynchronously.");
    }
}
