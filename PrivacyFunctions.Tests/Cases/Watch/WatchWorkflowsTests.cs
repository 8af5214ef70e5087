using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Cases.Operators;
using PrivacyFunctions.Cases.Watch;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Cases.Watch;

/// <summary>A workflow that has failed is seen: on a real engine and a real table, with a mail provider that only listens.</summary>
[Clause("C-SECURE")]
public class WatchWorkflowsTests
{
    [Fact]
    public async Task Watch_FailedWorkflows_OfAnOpenCaseIsMarkedAndToldOnceAndSoIsAJob()
    {
        var functions = new TestFunctions().Orchestrator<int>("Fails", _ => throw new InvalidOperationException("It breaks."));
        var records = await SharedRecords.OpenAsync();
        await using var run = await EngineRun.StartAsync(functions);
        var id = await records.OpenCaseAsync();
        await run.ScheduleAsync("Fails", id: Workflow.InstanceOf(CaseKind.Access, id));
        var job = $"retention-{Guid.NewGuid():N}";
        await run.ScheduleAsync("Fails", id: job);
        await run.ScheduleAsync("Fails", id: $"{job}:a-set"); // fails with its job, and is not told by itself
        await run.SettleAsync();

        var mailer = new ListeningMailer();
        var watch = WatchOver(records, mailer);
        await watch.RunAsync(new TimerInfo(), run.Client, run.Patience);
        await watch.RunAsync(new TimerInfo(), run.Client, run.Patience);

        Assert.Equal([WatchWorkflows.Step], await records.AttentionAsync(id));
        Assert.Single(await records.Cases.AuditAsync(id, run.Patience), row => row.Entry.Fact is CaseFact.AttentionNeeded);
        Assert.Equal(
            ["A case has stopped and needs your attention", "A job has stopped and needs your attention"],
            mailer.Mails.Select(mail => mail.Letter.Subject).Order());
    }

    [Fact]
    public async Task Watch_MarkThatAStepTookAway_IsThereAgainTheNextNight()
    {
        var (records, failed, id) = await FailAsync();
        await using var run = failed;
        var mailer = new ListeningMailer();
        var watch = WatchOver(records, mailer, run.Clock);
        await watch.RunAsync(new TimerInfo(), run.Client, run.Patience);
        await records.Cases.ExecuteAsync<SubjectRequest>(
            id, "recovered", Actors.System, _ => new Decision.Change(new CaseFact.AttentionOver(WatchWorkflows.Step)), [], run.Patience);

        run.Clock.Advance(TimeSpan.FromDays(1));
        await watch.RunAsync(new TimerInfo(), run.Client, run.Patience);

        Assert.Equal([WatchWorkflows.Step], await records.AttentionAsync(id));
        Assert.Equal(1, mailer.Sent);
    }

    [Fact]
    public async Task Watch_WorkflowThatFailsAgainAfterARestart_IsToldOnceMore()
    {
        var (records, failed, id) = await FailAsync();
        await using var run = failed;
        var mailer = new ListeningMailer();
        var watch = WatchOver(records, mailer, run.Clock);
        await watch.RunAsync(new TimerInfo(), run.Client, run.Patience);
        await records.RestartAsync(id);
        Assert.Empty(await records.AttentionAsync(id));

        for (var night = 0; night < 2; night++)
        {
            run.Clock.Advance(TimeSpan.FromDays(1));
            await watch.RunAsync(new TimerInfo(), run.Client, run.Patience);
        }

        Assert.Equal([WatchWorkflows.Step], await records.AttentionAsync(id));
        Assert.Equal(2, mailer.Sent);
    }

    [Fact]
    public async Task Watch_WorkflowStoppedWithoutANote_IsShownAsPaused()
    {
        var functions = new TestFunctions().Orchestrator<int>("Waits", context => context.WaitForExternalEvent<int>("Go"));
        var records = await SharedRecords.OpenAsync();
        await using var run = await EngineRun.StartAsync(functions);
        var id = await records.OpenCaseAsync();
        var instance = Workflow.InstanceOf(CaseKind.Access, id);
        await run.ScheduleAsync("Waits", id: instance);
        await run.SettleAsync();
        await run.Client.SuspendInstanceAsync(instance);
        await run.SettleAsync();

        await WatchOver(records, new ListeningMailer()).RunAsync(new TimerInfo(), run.Client, run.Patience);

        Assert.Equal([PauseCase.Step], await records.AttentionAsync(id));
    }

    /// <summary>A case can end while its workflow is stopped or has failed: nothing is left to look at, and the mailbox is still to be forgotten.</summary>
    [Fact]
    [Clause("C-MINIMUM")]
    public async Task Watch_CaseThatEndedMeanwhile_LetsItsWorkflowGoOnOrForgetsWhatItLeft()
    {
        var functions = new TestFunctions().Orchestrator<int>("Fails", _ => throw new InvalidOperationException("It breaks."))
            .Orchestrator<int>("Waits", context => context.WaitForExternalEvent<int>("Go"));
        var records = await SharedRecords.OpenAsync();
        await using var run = await EngineRun.StartAsync(functions);
        var (failed, stopped) = (await EndedAsync(records), await EndedAsync(records));
        foreach (var (id, name) in new[] { (failed, "Fails"), (stopped, "Waits") }) await run.ScheduleAsync(name, id: Workflow.InstanceOf(CaseKind.Access, id));
        await run.SettleAsync();
        await run.Client.SuspendInstanceAsync(Workflow.InstanceOf(CaseKind.Access, stopped));
        await run.SettleAsync();
        var mailer = new ListeningMailer();

        await WatchOver(records, mailer).RunAsync(new TimerInfo(), run.Client, run.Patience);

        Assert.Null(await new Contacts(records.Storage).FindAsync(failed, default));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await run.LookAsync(Workflow.InstanceOf(CaseKind.Access, stopped))).RuntimeStatus);
        Assert.Equal(0, mailer.Sent);
        Assert.Empty(await records.AttentionAsync(failed));
    }

    [Fact]
    public async Task Watch_CaseThatCannotBeRead_HidesNoOther()
    {
        var functions = new TestFunctions().Orchestrator<int>("Fails", _ => throw new InvalidOperationException("It breaks."));
        var records = await SharedRecords.OpenAsync();
        await using var run = await EngineRun.StartAsync(functions);
        var broken = await records.StoreBrokenCaseAsync();
        var good = await records.OpenCaseAsync();
        foreach (var id in new[] { broken, good })
            await run.ScheduleAsync("Fails", id: Workflow.InstanceOf(CaseKind.Access, id));
        await run.SettleAsync();

        await WatchOver(records, new ListeningMailer()).RunAsync(new TimerInfo(), run.Client, run.Patience);

        Assert.Equal([WatchWorkflows.Step], await records.AttentionAsync(good));
    }

    // Its workflow has yet to forget the mailbox.
    private static async Task<CaseId> EndedAsync(SharedRecords records)
    {
        var id = await records.OpenCaseAsync();
        await new Contacts(records.Storage).KeepAsync(id, EmailAddress.Parse($"{id}@example.org"), null, null, default);
        await records.Cases.ExecuteAsync<SubjectRequest>(id, "withdraw", Actors.Subject, RequestDecisions.Withdraw, [], default);
        return id;
    }

    // The workflow of an open case that has failed.
    private static async Task<(SharedRecords Records, EngineRun Run, CaseId Id)> FailAsync()
    {
        var records = await SharedRecords.OpenAsync();
        var run = await EngineRun.StartAsync(
            new TestFunctions().Orchestrator<int>("Fails", _ => throw new InvalidOperationException("It breaks.")));
        var id = await records.OpenCaseAsync();
        await run.ScheduleAsync("Fails", id: Workflow.InstanceOf(CaseKind.Access, id));
        await run.SettleAsync();
        return (records, run, id);
    }

    private static WatchWorkflows WatchOver(SharedRecords records, IMailer mailer, TimeProvider? time = null)
    {
        var mails = new CaseMails(
            records.Storage, new Contacts(records.Storage), TestLetters.Writer, mailer,
            Options.Create(new SiteOptions { BaseUrl = new("http://127.0.0.1/") }), TimeProvider.System);
        return new(
            records.Cases, Kinds.All, new(TimeProvider.System), [new Contacts(records.Storage)], new OfficerMails(DataMapRegister.LoadEmbedded(), mails), time ?? TimeProvider.System,
            NullLogger<WatchWorkflows>.Instance);
    }
}
