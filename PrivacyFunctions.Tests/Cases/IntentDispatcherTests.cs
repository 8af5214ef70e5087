using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Clock;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Records;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Cases;

/// <summary>What a commit left to do is carried out once it is stored, on a real table.</summary>
public class IntentDispatcherTests
{
    [Fact]
    public async Task Dispatch_HintOfACommitUnderWay_IsLeftForIt()
    {
        var connection = await SharedAzurite.ConnectionStringAsync();
        var storage = new RecordStorage(new TableServiceClient(connection), new BlobServiceClient(connection));
        var hints = new PendingHints(storage, TimeProvider.System);
        var cases = new CaseStore(storage, hints, TimeProvider.System);
        await using var run = await EngineRun.StartAsync(new TestFunctions());
        var id = await OpenCaseAsync(cases);
        foreach (var done in await cases.IntentsAsync(id, run.Patience)) await cases.RemoveIntentAsync(id, done, run.Patience);
        var underWay = await hints.WriteAsync(id, 2, run.Patience); // and nothing is committed under that number

        await new IntentDispatcher(cases, hints, [], NullLogger<IntentDispatcher>.Instance)
            .DispatchAsync(run.Client, id, run.Patience);

        Assert.Equal([underWay.RowKey], await hints.OfCaseAsync(id, run.Patience).Select(hint => hint.RowKey).ToListAsync());
    }

    private static async Task<CaseId> OpenCaseAsync(CaseStore cases)
    {
        var plan = new CasePlan(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));
        var (received, fact) = RequestDecisions.Receive(
            CaseId.FromBytes(Guid.NewGuid().ToByteArray()), CaseKind.Access, plan, EngineRun.Start, new(2026, 3, 2),
            HolidayCalendar.EuropeanSample, "form", "c0");
        return (await cases.CreateAsync(received, [fact], Actors.Subject, default)).Id;
    }
}
