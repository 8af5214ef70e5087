using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Cases;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Clock;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Operations;
using PrivacyFunctions.Records;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Operations;

/// <summary>A workflow that has failed is seen: on a real engine and a real table, with a mail provider that only listens.</summary>
[Clause("C-SECURE")]
public class WatchWorkflowsTests
{
    [Fact]
    public async Task Watch_FailedWorkflowOfAnOpenCase_IsMarkedAndToldOnce()
    {
        var functions = new TestFunctions().Orchestrator<int>("Fails", _ => throw new InvalidOperationException("It breaks."));
        var (cases, storage) = await StoreAsync(); // before the run, whose patience an emulator's first start would use up
        await using var run = await EngineRun.StartAsync(functions);
        var id = await OpenCaseAsync(cases);
        await run.ScheduleAsync("Fails", id: Workflow.InstanceOf(CaseKind.Access, id));
        await run.ScheduleAsync("Fails", id: "somebody-else's");
        await run.SettleAsync();

        var mailer = new ListeningMailer();
        var watch = WatchOver(cases, storage, mailer);
        await watch.RunAsync(new TimerInfo(), run.Client, run.Patience);
        await watch.RunAsync(new TimerInfo(), run.Client, run.Patience);

        Assert.Equal(WatchWorkflows.Step, (await cases.GetAsync<SubjectRequest>(id, run.Patience)).Attention);
        Assert.Single(await cases.AuditAsync(id, run.Patience), row => row.Entry.Fact is CaseFact.AttentionNeeded);
        Assert.Equal(1, mailer.Sent);
    }

    [Fact]
    public async Task Watch_MarkThatAStepTookAway_IsThereAgainTheNextNight()
    {
        var functions = new TestFunctions().Orchestrator<int>("Fails", _ => throw new InvalidOperationException("It breaks."));
        var (cases, storage) = await StoreAsync();
        await using var run = await EngineRun.StartAsync(functions);
        var id = await OpenCaseAsync(cases);
        await run.ScheduleAsync("Fails", id: Workflow.InstanceOf(CaseKind.Access, id));
        await run.SettleAsync();
        var mailer = new ListeningMailer();
        var watch = WatchOver(cases, storage, mailer, run.Clock);
        await watch.RunAsync(new TimerInfo(), run.Client, run.Patience);
        await cases.ExecuteAsync<SubjectRequest>(
            id, "recovered", Actors.System, _ => new Decision.Change(new CaseFact.AttentionOver(WatchWorkflows.Step)), [], run.Patience);

        run.Clock.Advance(TimeSpan.FromDays(1));
        await watch.RunAsync(new TimerInfo(), run.Client, run.Patience);

        Assert.Equal(WatchWorkflows.Step, (await cases.GetAsync<SubjectRequest>(id, run.Patience)).Attention);
        Assert.Equal(1, mailer.Sent);
    }

    [Fact]
    public async Task Watch_WorkflowStoppedWithoutANote_IsShownAsPaused()
    {
        var functions = new TestFunctions().Orchestrator<int>("Waits", context => context.WaitForExternalEvent<int>("Go"));
        var (cases, storage) = await StoreAsync();
        await using var run = await EngineRun.StartAsync(functions);
        var id = await OpenCaseAsync(cases);
        var instance = Workflow.InstanceOf(CaseKind.Access, id);
        await run.ScheduleAsync("Waits", id: instance);
        await run.SettleAsync();
        await run.Client.SuspendInstanceAsync(instance);
        await run.SettleAsync();

        await WatchOver(cases, storage, new ListeningMailer()).RunAsync(new TimerInfo(), run.Client, run.Patience);

        Assert.Equal(PauseCase.Step, (await cases.GetAsync<SubjectRequest>(id, run.Patience)).Attention);
    }

    private static WatchWorkflows WatchOver(CaseStore cases, RecordStorage storage, IMailer mailer, TimeProvider? time = null)
    {
        var mails = new CaseMails(
            storage, new Contacts(storage), mailer,
            Options.Create(new SiteOptions { BaseUrl = new("http://127.0.0.1/") }), TimeProvider.System);
        return new(
            cases, new OfficerMails(DataMapRegister.LoadEmbedded(), mails), time ?? TimeProvider.System,
            NullLogger<WatchWorkflows>.Instance);
    }

    private static async Task<(CaseStore Cases, RecordStorage Storage)> StoreAsync()
    {
        var connection = await SharedAzurite.ConnectionStringAsync();
        var storage = new RecordStorage(new TableServiceClient(connection), new BlobServiceClient(connection));
        return (new(storage, new PendingHints(storage, TimeProvider.System), TimeProvider.System), storage);
    }

    private static async Task<CaseId> OpenCaseAsync(CaseStore cases)
    {
        var plan = new CasePlan(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));
        var (received, fact) = RequestDecisions.Receive(
            CaseId.FromBytes(Guid.NewGuid().ToByteArray()), CaseKind.Access, plan, EngineRun.Start, new(2026, 3, 2),
            HolidayCalendar.EuropeanSample, "form", "c0");
        return (await cases.CreateAsync(received, [fact], Actors.Subject, default)).Id;
    }

    private sealed class ListeningMailer : IMailer
    {
        public int Sent { get; private set; }

        public Task SendAsync(EmailAddress to, Mailing mailing, string messageId, CancellationToken cancellation)
        {
            Sent++;
            return Task.CompletedTask;
        }
    }
}
