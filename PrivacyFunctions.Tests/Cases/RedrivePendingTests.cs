using Microsoft.AspNetCore.DataProtection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Subjects;
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
        await RedriveOf(records, workflow, clock).RunAsync(new TimerInfo(), run.Client, run.Patience);

        var started = await run.LookAsync(Workflow.InstanceOf(CaseKind.Access, good));
        Assert.Equal(OrchestrationRuntimeStatus.Running, started.RuntimeStatus);
        Assert.Empty(await records.Cases.IntentsAsync(good, run.Patience));
        Assert.Empty(await records.Hints.OfCaseAsync(good, run.Patience).ToListAsync());
        Assert.Equal([broken], await records.Hints.OfCaseAsync(broken.Case, run.Patience).ToListAsync());
    }

    [Fact]
    [Clause("C-MINIMUM")]
    public async Task Redrive_CaseThatNeverCame_IsForgottenWithItsPerson()
    {
        var clock = new FakeTimeProvider(new(2021, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var records = await SharedRecords.OpenAsync(clock);
        await using var run = await EngineRun.StartAsync(new TestFunctions().Orchestrator("Waits", context => context.WaitForExternalEvent<int>("Never")));
        var (id, address) = (CaseId.FromBytes(Guid.NewGuid().ToByteArray()), EmailAddress.Parse($"{Guid.NewGuid():N}@example.org"));
        var (contacts, people) = (new Contacts(records.Storage), PeopleOf(records, clock));
        await contacts.KeepAsync(id, address, null, null, run.Patience);
        await people.IndexAsync(address, id, run.Patience);
        await records.Hints.WriteAsync(id, 1, run.Patience);
        Assert.Equal([id], await people.CasesAsync([address], run.Patience));
        clock.Advance(TimeSpan.FromHours(2));

        await RedriveOf(records, Kinds.CarriedBy(CaseKind.Access, "Waits", _ => new object()), clock).RunAsync(new TimerInfo(), run.Client, run.Patience);

        Assert.Null(await contacts.FindAsync(id, run.Patience));
        Assert.Empty(await people.CasesAsync([address], run.Patience));
    }

    private static RedrivePending RedriveOf(SharedRecords records, CaseKinds kinds, TimeProvider clock)
    {
        var seal = new EphemeralDataProtectionProvider();
        return new(
            records.Hints, records.Cases, new Contacts(records.Storage), PeopleOf(records, clock), new Statements(records.Storage, seal, new(records.Storage, seal)),
            new IntentDispatcher(records.Cases, records.Hints, kinds, NullLogger<IntentDispatcher>.Instance), clock, NullLogger<RedrivePending>.Instance);
    }

    private static People PeopleOf(SharedRecords records, TimeProvider clock) =>
        new(records.Storage, Options.Create(new PrivacyOptions { Pepper = Convert.ToBase64String(new byte[32]) }), clock);
}
