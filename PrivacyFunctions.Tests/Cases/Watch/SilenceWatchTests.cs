using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Cases.Watch;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Cases.Watch;

/// <summary>A case that stands still is seen: on a real engine and a real table, with a mail provider that only listens.</summary>
[Clause("C-SECURE")]
public class SilenceWatchTests
{
    private static readonly TimeSpan ConfirmationWindow = TimeSpan.FromDays(14);

    private readonly ListeningMailer _mailer = new();

    [Fact]
    public async Task Workflow_ThatLetItsInstantPass_IsMarkedAndToldOnceUntilTheCaseMovesOn()
    {
        var records = await SharedRecords.OpenAsync();
        await using var run = await StartAsync();
        var id = await StartCaseAsync(records, run, "Waits");

        await LookAsync(records, run, id, ConfirmationWindow + TimeSpan.FromHours(23));
        Assert.Empty(await records.AttentionAsync(id));
        await LookAsync(records, run, id, ConfirmationWindow + TimeSpan.FromHours(24));
        await LookAsync(records, run, id, ConfirmationWindow + TimeSpan.FromHours(48));
        Assert.Equal([SilenceWatch.Step], await records.AttentionAsync(id));
        Assert.Equal(1, _mailer.Sent);

        await records.Cases.ExecuteAsync<SubjectRequest>(id, "confirm", Actors.Subject, RequestDecisions.Confirm, [], run.Patience);
        await LookAsync(records, run, id, ConfirmationWindow + TimeSpan.FromHours(72));
        Assert.Empty(await records.AttentionAsync(id));
        Assert.Equal(1, _mailer.Sent);
    }

    [Fact]
    public async Task Workflow_ThatComesToNothing_StaysMarkedAndIsToldOnceUntilTheCaseMovesOn()
    {
        var clock = new FakeTimeProvider(EngineRun.Start);
        var records = await SharedRecords.OpenAsync(clock);
        await using var run = await StartAsync();
        var id = await StartCaseAsync(records, run, "Waits");
        await records.Cases.ExecuteAsync<SubjectRequest>(id, "confirm", Actors.Subject, RequestDecisions.Confirm, [], run.Patience);

        for (var night = 0; night < 17; night++)
        {
            clock.Advance(TimeSpan.FromDays(1));
            await LookAsync(records, run, id, clock.GetUtcNow() - EngineRun.Start);
            Assert.Equal(night < 6 ? [] : [SilenceWatch.Step], await records.AttentionAsync(id));
        }

        Assert.Single(await records.Cases.AuditAsync(id, run.Patience), row => row.Entry.Fact is CaseFact.AttentionNeeded);
        Assert.Equal(1, _mailer.Sent);

        await records.Cases.ExecuteAsync<Case>(
            id, "moves", Actors.System, _ => new Decision.Change(new CaseFact.Gathered(1, 1)), [], run.Patience);
        clock.Advance(TimeSpan.FromDays(1));
        await LookAsync(records, run, id, clock.GetUtcNow() - EngineRun.Start);
        Assert.Empty(await records.AttentionAsync(id));
    }

    [Fact]
    public async Task Workflow_ThatIsOverOrWasNeverThere_IsSeenAfterADay()
    {
        var records = await SharedRecords.OpenAsync();
        await using var run = await StartAsync();
        var (ended, lost) = (await StartCaseAsync(records, run, "Ends"), await records.OpenCaseAsync());

        foreach (var id in new[] { ended, lost })
        {
            await LookAsync(records, run, id, TimeSpan.FromHours(23));
            Assert.Empty(await records.AttentionAsync(id));
            await LookAsync(records, run, id, TimeSpan.FromHours(24));
            Assert.Equal([SilenceWatch.Step], await records.AttentionAsync(id));
        }

        Assert.Equal(2, _mailer.Sent);
    }

    [Fact]
    public async Task Workflow_ThatFailed_IsLeftToTheWatchOverWorkflows()
    {
        var records = await SharedRecords.OpenAsync();
        await using var run = await StartAsync();
        var id = await StartCaseAsync(records, run, "Fails");

        await LookAsync(records, run, id, TimeSpan.FromDays(2));

        Assert.Empty(await records.AttentionAsync(id));
    }

    [Fact]
    public async Task Case_ThatShowsWhatItWaitsFor_IsNotMarkedAgain()
    {
        var records = await SharedRecords.OpenAsync();
        await using var run = await StartAsync();
        var id = await StartCaseAsync(records, run, "Waits");
        await records.Cases.ExecuteAsync<Case>(
            id, "mark", Actors.System, found => AttentionDecisions.Mark(found, "PackageExport"), [], run.Patience);

        await LookAsync(records, run, id, TimeSpan.FromDays(30));

        Assert.Equal(["PackageExport"], await records.AttentionAsync(id));
        Assert.Equal(0, _mailer.Sent);
    }

    private static Task<EngineRun> StartAsync() => EngineRun.StartAsync(
        new TestFunctions().Orchestrator<int>("Waits", context => context.WaitForExternalEvent<int>("Never"))
            .Orchestrator<int>("Ends", _ => Task.FromResult(1))
            .Orchestrator<int>("Fails", _ => throw new InvalidOperationException("It breaks.")));

    private static async Task<CaseId> StartCaseAsync(SharedRecords records, EngineRun run, string orchestrator)
    {
        var id = await records.OpenCaseAsync();
        await run.ScheduleAsync(orchestrator, id: Workflow.InstanceOf(CaseKind.Access, id));
        await run.SettleAsync();
        return id;
    }

    private async Task LookAsync(SharedRecords records, EngineRun run, CaseId id, TimeSpan afterReception)
    {
        var mails = new CaseMails(
            records.Storage, new Contacts(records.Storage), TestLetters.Writer, _mailer,
            Options.Create(new SiteOptions { BaseUrl = new("http://127.0.0.1/") }), TimeProvider.System);
        var row = (await records.Cases.FindAsync(id, run.Patience))!;
        await new SilenceWatch(records.Cases, Kinds.All, new(new(DataMapRegister.LoadEmbedded(), mails))).LookAsync(
            run.Client, row, new(default, LegalClock.Ordinary, row.Case.ReceivedAt + afterReception), run.Patience);
    }
}
