using Microsoft.AspNetCore.DataProtection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Cases;

/// <summary>What a crash left is taken up, on a real table.</summary>
[Clause("R-ACCESS")]
public class RedrivePendingTests
{
    [Fact]
    public async Task Redrive_CaseThatCannotBeRead_DoesNotKeepTheOthersWaiting()
    {
        // In a year of its own: other tests leave hints of theirs in the same table.
        var clock = new FakeTimeProvider(new(2020, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var records = await SharedRecords.OpenAsync(clock);
        await using var run = await EngineRun.StartAsync(
            new TestFunctions().Orchestrator("Waits", context => context.WaitForExternalEvent<int>("Never")));
        var broken = await records.Hints.WriteAsync(await records.StoreBrokenCaseAsync(), 1, run.Patience);
        var good = await records.OpenCaseAsync();
        await records.Hints.WriteAsync(good, 1, run.Patience);
        clock.Advance(TimeSpan.FromMinutes(1));

        var workflow = Kinds.CarriedBy(CaseKind.Access, "Waits", _ => new object());
        await new RedrivePending(
            records.Hints, records.Cases, new Contacts(records.Storage), new Statements(records.Storage, new EphemeralDataProtectionProvider(), new(records.Storage, new EphemeralDataProtectionProvider())),
            new IntentDispatcher(records.Cases, records.Hints, workflow, NullLogger<IntentDispatcher>.Instance),
            clock, NullLogger<RedrivePending>.Instance)
            .RunAsync(new TimerInfo(), run.Client, run.Patience);

        var started = await run.LookAsync(Workflow.InstanceOf(CaseKind.Access, good));
        Assert.Equal(OrchestrationRuntimeStatus.Running, started.RuntimeStatus);
        Assert.Empty(await records.Cases.IntentsAsync(good, run.Patience));
        Assert.Empty(await records.Hints.OfCaseAsync(good, run.Patience).ToListAsync());
        Assert.Equal([broken], await records.Hints.OfCaseAsync(broken.Case, run.Patience).ToListAsync());
    }
}
