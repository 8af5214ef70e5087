using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Cases;

/// <summary>What a commit left to do is carried out once it is stored, on a real table.</summary>
public class IntentDispatcherTests
{
    [Fact]
    public async Task Dispatch_HintOfACommitUnderWay_IsLeftForIt()
    {
        var records = await SharedRecords.OpenAsync();
        await using var run = await EngineRun.StartAsync(new TestFunctions());
        var id = await records.OpenCaseAsync();
        foreach (var done in await records.Cases.IntentsAsync(id, run.Patience))
            await records.Cases.RemoveIntentAsync(id, done, run.Patience);
        var underWay = await records.Hints.WriteAsync(id, 2, run.Patience); // nothing is committed under that number yet

        await new IntentDispatcher(records.Cases, records.Hints, Kinds.All, NullLogger<IntentDispatcher>.Instance)
            .DispatchAsync(run.Client, id, run.Patience);

        Assert.Equal([underWay], await records.Hints.OfCaseAsync(id, run.Patience).ToListAsync());
    }
}
