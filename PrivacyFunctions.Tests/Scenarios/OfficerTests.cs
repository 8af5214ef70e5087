using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A broken step, a stuck case and a coming due date tell the Data Protection Officer, once each, and are in the list.</summary>
[Clause("C-SECURE")]
public class OfficerTests
{
    private const string Broken = "A step of a case needs your attention";
    private const string Silent = "A case stands still";
    private const string DueSoon = "A case is due soon";
    private const string TimerFailed = "A scheduled function has failed";
    private const string Overdue = "A case is overdue";

    [LocalFact("takes tables away", typeof(OfficerOnAnyHostTests))]
    [Clause("R-ACCESS")]
    public async Task TwoBrokenSteps_OneWorksAgain_TheOtherIsStillShown()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var tables = new TableServiceClient(host.Storage);
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        await tables.DeleteTableAsync("companyPayments");
        await tables.DeleteTableAsync("companyTestimonials");
        var reference = await person.AskAsync();
        await person.ConfirmAsync();
        await host.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(
            ["GatherDataSet/payments", "GatherDataSet/testimonials"], (await host.CaseAsync(reference)).Attention().Order(StringComparer.Ordinal));

        await tables.CreateTableAsync("companyPayments");
        await host.PassAsync(TimeSpan.FromHours(12));
        Assert.Equal(["GatherDataSet/testimonials"], (await host.CaseAsync(reference)).Attention());
        Assert.Equal([reference], await host.ReferencesAsync("?attention=yes"));

        await tables.CreateTableAsync("companyTestimonials");
        await host.PassAsync(TimeSpan.FromDays(1));
        Assert.Empty((await host.CaseAsync(reference)).Attention());
        Assert.Empty(await host.ReferencesAsync("?attention=yes"));
        Assert.Equal("offered", (await host.CaseAsync(reference)).Status());

        // One mail for each, though they were noted in every round and looked at by a night.
        var told = await host.Outbox.AllAsync(ErasureMails.Officer, Broken);
        Assert.Single(told, mail => mail.Text!.Contains("GatherDataSet/payments", StringComparison.Ordinal));
        Assert.Single(told, mail => mail.Text!.Contains("GatherDataSet/testimonials", StringComparison.Ordinal));
        Assert.Equal(2, told.Count);
    }

    [LocalFact("lets everybody's mails fail", typeof(OfficerOnAnyHostTests))]
    public async Task BrokenStep_WhileNoMailGoes_IsToldByANight()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        await new TableServiceClient(host.Storage).DeleteTableAsync("companyPayments");
        var reference = await person.AskAsync();
        await person.ConfirmAsync();
        await host.RefuseMailsAsync(next: 1000, status: 500);
        await host.PassAsync(TimeSpan.FromMinutes(40));
        Assert.Equal(["GatherDataSet/payments"], (await host.CaseAsync(reference)).Attention());
        Assert.Empty(await host.Outbox.AllAsync(ErasureMails.Officer, Broken));

        await host.RefuseMailsAsync(next: 0, status: 500);
        await host.FireAsync("WatchCases");
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, Broken, about: [reference]);
    }

    [LocalFact("takes a table away", typeof(OfficerOnAnyHostTests))]
    [Clause("L1")]
    public async Task DueDate_OfACaseThatIsNotDone_IsToldSevenThreeAndOneDaysBeforeAndOnceWhenItIsOver()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        await DataSubject.Stranger(host).BeOfferedAsync(); // is answered, and nobody has to hear of it
        await DataSubject.Stranger(host).AskAsync(); // confirms nothing, and is told so
        await new TableServiceClient(host.Storage).DeleteTableAsync("companyPayments");
        var reference = await person.AskAsync();
        await person.ConfirmAsync();
        var due = DateOnly.Parse((await host.CaseAsync(reference)).GetProperty("case").GetProperty("due").GetProperty("on").GetString()!);

        await host.PassToAsync(Midnight(due.AddDays(-7)));
        Assert.Empty(await host.Outbox.AllAsync(ErasureMails.Officer, DueSoon));
        foreach (var (day, reminders) in new[] { (-3, 1), (-1, 2), (1, 3) })
        {
            await host.PassToAsync(Midnight(due.AddDays(day)));
            var soon = await host.Outbox.AllAsync(ErasureMails.Officer, DueSoon);
            Assert.Equal(reminders, soon.Count);
            Assert.All(soon, mail => Assert.Contains(reference, mail.Text!));
        }

        Assert.Empty(await host.Outbox.AllAsync(ErasureMails.Officer, Overdue));
        await host.PassToAsync(Midnight(due.AddDays(5)));
        Assert.Contains(reference, Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, Overdue)).Text!);
        Assert.Equal(3, (await host.Outbox.AllAsync(ErasureMails.Officer, DueSoon)).Count);
        Assert.Equal([reference], await host.ReferencesAsync($"?dueBefore={due.AddDays(1):yyyy-MM-dd}"));
    }

    [LocalFact("moves its clock", typeof(ErasureOnAnyHostTests))]
    [Clause("R-ERASE")]
    public async Task DueDate_OfAPlanThatWaits_IsToldSevenThreeAndOneDayBefore_AndOnceWhenItIsOver()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskToEraseAsync();
        await host.WaitingPlanAsync(reference);
        var due = DateOnly.Parse((await host.CaseAsync(reference)).GetProperty("case").GetProperty("due").GetProperty("on").GetString()!);

        await host.PassToAsync(Midnight(due.AddDays(2)));

        Assert.Equal(2, (await host.Outbox.AllAsync(ErasureMails.Officer, ErasureMails.Escalation)).Count);
        Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, DueSoon));
        Assert.Contains(reference, Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, Overdue)).Text!);

        // The weekly word after it says that the time is over.
        await host.PassToAsync(Midnight(due.AddDays(7)));
        Assert.Contains("had to have an answer by", (await host.Outbox.AllAsync(ErasureMails.Officer, ErasureMails.Escalation))[^1].Text!);
        Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, Overdue));
    }

    [LocalFact("moves its clock", typeof(OfficerOnAnyHostTests))]
    public async Task CaseWithoutAWorkflow_IsShownAndToldOnce_AndNoOther()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        await person.BeOfferedAsync();
        var lost = await StoreAloneAsync(host);

        await host.PassAsync(TimeSpan.FromDays(4));

        Assert.Equal(["silence of the workflow"], (await host.CaseAsync(lost)).Attention());
        Assert.Equal([lost], await host.ReferencesAsync("?attention=yes"));
        Assert.Contains(lost, Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, Silent)).Text!);
    }

    [LocalFact("takes a table away", typeof(OfficerOnAnyHostTests))]
    [Clause("K-SCHEDULE")]
    public async Task FunctionOfATimer_ThatFails_IsToldOnceADay()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var tables = new TableServiceClient(host.Storage);
        await host.OperateAsync("holds", new
        {
            email = DataSubject.Stranger(host).Address, id = "h-1", kind = "legal", ground = "A claim is pending.", owner = "legal-team",
            reviewOn = "2100-01-31",
        });
        await tables.DeleteTableAsync("companyDirectory");

        await host.FireAsync("RenewHoldLinks");
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, TimerFailed, about: ["RenewHoldLinks"]);
        await host.FireAsync("RenewHoldLinks");
        await host.PassToAsync(Midnight(DateOnly.FromDateTime((await host.NowAsync()).UtcDateTime).AddDays(1)).AddHours(2));
        Assert.Equal(2, (await host.Outbox.AllAsync(ErasureMails.Officer, TimerFailed)).Count);

        await tables.CreateTableAsync("companyDirectory");
        await host.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(2, (await host.Outbox.AllAsync(ErasureMails.Officer, TimerFailed)).Count);
    }

    // As if its start had been lost, and the hint of it, too.
    private static async Task<string> StoreAloneAsync(LocalHostHere host)
    {
        var storage = new RecordStorage(new TableServiceClient(host.Storage), new BlobServiceClient(host.Storage));
        var plan = new CasePlan(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));
        var now = await host.NowAsync();
        var (received, fact) = RequestDecisions.Receive(
            AccessRequest.New, CaseId.FromBytes(Guid.NewGuid().ToByteArray()), plan, now, DateOnly.FromDateTime(now.UtcDateTime),
            Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0");
        var cases = new CaseStore(
            storage, new PendingHints(storage, TimeProvider.System), new CaseIndex(storage, TimeProvider.System), Kinds.Json,
            TimeProvider.System);
        return (await cases.CreateAsync(received, [fact], Actors.Subject, CancellationToken.None)).Id.Value;
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
