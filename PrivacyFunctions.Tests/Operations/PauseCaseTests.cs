using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Operations;
using PrivacyFunctions.Tests.Cases;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Operations;

/// <summary>An operator stops a case, on a real engine and a real table.</summary>
[Clause("T-ACTIVE")]
public class PauseCaseTests
{
    [Fact]
    public async Task Pause_BrowserThatGoesInTheMiddle_IsNotedAllTheSame()
    {
        var records = await SharedRecords.OpenAsync();
        await using var run = await EngineRun.StartAsync(
            new TestFunctions().Orchestrator("Waits", context => context.WaitForExternalEvent<int>("Never")));
        var id = await records.OpenCaseAsync();
        await run.ScheduleAsync("Waits", id: Workflow.InstanceOf(CaseKind.Access, id));
        await run.SettleAsync();
        using var browser = new CancellationTokenSource();

        await new PauseCase(records.Cases, new CaseInstances(new Hurried())).RunAsync(
            new DefaultHttpContext().Request, id.Value, new ImpatientClient(run.Client, browser), browser.Token);

        Assert.True(browser.IsCancellationRequested);
        Assert.Equal(PauseCase.Step, (await records.Cases.GetAsync<SubjectRequest>(id, run.Patience)).Attention);
    }

    /// <summary>A client in the hands of somebody who goes as soon as something is stopped.</summary>
    private sealed class ImpatientClient(DurableTaskClient inner, CancellationTokenSource browser) : StandInClient(inner)
    {
        public override async Task SuspendInstanceAsync(
            string instanceId, string? reason = null, CancellationToken cancellation = default)
        {
            await base.SuspendInstanceAsync(instanceId, reason, cancellation);
            await browser.CancelAsync();
        }
    }
}
