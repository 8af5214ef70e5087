using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>An operator decides something that its person has to know, and no mail reaches them, or it would reach somebody else.</summary>
public class UntoldPersonTests
{
    private const string Refused = "We cannot do what you asked for";
    private static readonly object Refusal = new { ground = "noGround", explanation = "We need it for your contract." };
    private static readonly object ToldRefusal = new { ground = "noGround", explanation = "We need it for your contract.", told = "yes" };

    [Fact]
    [Clause("C-SECURE")]
    [Clause("L6")]
    public async Task Operator_OfARequestWhoseMailboxIsAnothersNow_WritesNothingToThem()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskToEraseAsync();
        await host.WaitingPlanAsync(reference);
        Assert.Equal(HttpStatusCode.NotFound, (await ContactAsync(host, reference)).Status);
        await SmallCompany.LeaveAsync(host, person.Address, id);
        await SmallCompany.ShareAsync(host, person.Address, (await SmallCompany.JoinAsPersonAsync(host)).Id);
        var (before, views) = ((await host.Outbox.AllAsync(person.Address)).Count, await host.RowsAsync("privacyViews", reference));

        foreach (var (act, body) in new (string, object)[]
        {
            ("messages", new { text = "Which account do you mean?" }), ("doubt", new { ground = "otherName" }), ("refusal", Refusal),
        })
            Assert.Equal((act, HttpStatusCode.Conflict), (act, (await ActAsync(host, reference, act, body)).Status));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ActAsync(host, reference, "extension", new { reason = "complex" })).Status);
        Assert.Equal("awaitingApproval", (await host.CaseAsync(reference)).Status());
        var (status, contact) = await ContactAsync(host, reference);
        Assert.Equal((HttpStatusCode.OK, true), (status, contact.GetProperty("isSomebodyElses").GetBoolean()));
        Assert.Equal(before, (await host.Outbox.AllAsync(person.Address)).Count);

        Assert.Equal(HttpStatusCode.OK, (await ActAsync(host, reference, "refusal", ToldRefusal)).Status);
        await host.UntilAsync(async () => await host.RowsAsync("privacyContacts", reference) == 0);
        Assert.Equal("refused", (await host.CaseAsync(reference)).Outcome());
        Assert.Equal(HttpStatusCode.NotFound, (await ContactAsync(host, reference)).Status);
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Refused));
        Assert.Equal(views + 1, await host.RowsAsync("privacyViews", reference));
    }

    [LocalFact("lets mails fail", typeof(RefusalTests))]
    [Clause("L6")]
    public async Task Refusal_ThatNoMailTells_EndsTheCaseOnceAnOperatorHasToldIt()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskToEraseAsync();
        await host.WaitingPlanAsync(reference);
        await host.RefuseMailsAsync(next: 1, status: 400);

        Assert.Equal(HttpStatusCode.Conflict, (await ActAsync(host, reference, "refusal", Refusal)).Status);
        Assert.Equal("awaitingApproval", (await host.CaseAsync(reference)).Status());
        Assert.Equal(person.Address, (await ContactAsync(host, reference)).Body.GetProperty("email").GetString());
        await host.RefuseMailsAsync(next: 1, status: 400);
        var (_, body) = await ActAsync(host, reference, "refusal", ToldRefusal);
        Assert.Equal(("closed", false), (body.GetProperty("status").GetString(), body.GetProperty("told").GetBoolean()));
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Refused));
    }

    [LocalFact("lets mails fail", typeof(ExtensionOnAnyHostTests))]
    [Clause("L2")]
    public async Task Extension_ThatNoMailTells_CountsByALetter()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskToEraseAsync();
        await host.WaitingPlanAsync(reference);
        await host.RefuseMailsAsync(next: 1, status: 400);

        Assert.Equal(HttpStatusCode.Conflict, (await ActAsync(host, reference, "extension", new { reason = "complex" })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ActAsync(host, reference, "extension", new { reason = "complex" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await ContactAsync(host, reference)).Status);
        var letterPostedOn = $"{await host.NowAsync():yyyy-MM-dd}";
        var (status, extended) = await ActAsync(host, reference, "extension", new { reason = "complex", letterPostedOn });
        Assert.Equal((HttpStatusCode.OK, "complex"), (status, extended.GetProperty("reason").GetString()));
    }

    [LocalFact("lets mails fail", typeof(ComplaintTests))]
    [Clause("R-COMPLAIN")]
    [Clause("L10")]
    public async Task Complaint_WhoseMailboxTakesNoMail_IsLeftToTheOfficerWhileItIsOpenAndAtItsEnd()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        await host.RefuseMailsAsync(next: 1, status: 400);
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync(right: "complaint", text: "You wrote to me although I had left.");
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, "No mail reaches the person of a complaint", about: [reference]);
        await host.UntilAsync(reference, view => view.Status() == "awaitingDecision");
        Assert.Equal(person.Address, (await ContactAsync(host, reference)).Body.GetProperty("email").GetString());

        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Get, $"api/operator/cases/{reference}/statement")).Status);
        await host.RefuseMailsAsync(next: 1, status: 400);
        Assert.Equal(HttpStatusCode.Conflict, (await ToldAsync(host, reference)).Status); // nothing is to be told yet
        Assert.Equal(HttpStatusCode.OK, (await host.DecideAsync(reference, "upheld", "You were right.")).Status);
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, "A person could not be told what their complaint came to", about: [reference]);
        await EndsOnceToldAsync(host, reference, person, "answered");
    }

    [LocalFact("lets mails fail", typeof(ErasureOnAnyHostTests))]
    [Clause("R-ERASE")]
    public async Task Erasure_WhoseAnswerNoMailBrings_EndsOnceAnOperatorHasToldIt()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync(right: "erasure");
        await person.LinkAsync(Mails.Confirm);
        await host.RefuseMailsAsync(next: 1, status: 400);
        await person.ConfirmAsync();
        var told = await host.Outbox.ReceiveAsync(ErasureMails.Officer, "A person cannot be told what was erased", about: [reference]);
        Assert.Contains("refuses their mailbox for good", told.Text);
        await EndsOnceToldAsync(host, reference, person, "answered");
    }

    [LocalFact("lets mails fail", typeof(AccessOnAnyHostTests))]
    [Clause("R-ACCESS")]
    public async Task Package_WhoseMailIsRefused_IsLeftToTheOfficerAndEnds()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        await person.LinkAsync(Mails.Confirm);
        await host.RefuseMailsAsync(next: 1, status: 400);
        await person.ConfirmAsync();
        var told = await host.Outbox.ReceiveAsync(ErasureMails.Officer, "A person cannot be sent their data", about: [reference]);
        Assert.Contains("refuses their mailbox for good", told.Text);
        Assert.Equal(person.Address, (await ContactAsync(host, reference)).Body.GetProperty("email").GetString());

        await host.PassAsync(TimeSpan.FromDays(16));
        await host.UntilAsync(reference, view => view.Status() == "closed");
        Assert.Equal(HttpStatusCode.NotFound, (await ContactAsync(host, reference)).Status);
    }

    [LocalFact("lets mails fail", typeof(RectificationDecisionTests))]
    [Clause("R-RECTIFY")]
    public async Task Corrections_ToWhichNoMailLeads_AreLeftToTheOfficerAndEnd()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync(right: "rectification");
        await person.LinkAsync(Mails.Confirm);
        await host.RefuseMailsAsync(next: 1, status: 400);
        await person.ConfirmAsync();
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, "A person cannot be shown their data", about: [reference]);
        Assert.Equal(person.Address, (await ContactAsync(host, reference)).Body.GetProperty("email").GetString());

        await host.RefuseMailsAsync(next: 1, status: 400);
        await host.PassAsync(TimeSpan.FromDays(16));
        await host.UntilAsync(reference, view => view.Status() == "closed");
    }

    [LocalFact("lets mails fail", typeof(UseOnAnyHostTests))]
    [Clause("R-OBJECT")]
    public async Task Objection_WhoseOutcomeNoMailBrings_EndsOnceAnOperatorHasToldIt()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.ObjectAsync(host);
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, Objecting.Waits, about: [reference]);
        await host.RefuseMailsAsync(next: 1, status: 400);
        await host.WeighAsync(reference, "upheld");
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, Objecting.CannotTell, about: [reference]);
        await EndsOnceToldAsync(host, reference, person, "answered");
    }

    // The case is open, and its mailbox known, until an operator has told the person.
    private static async Task EndsOnceToldAsync(LocalHostHere host, string reference, DataSubject person, string outcome)
    {
        var before = (await host.Outbox.AllAsync(person.Address)).Count;
        await host.PassAsync(TimeSpan.FromDays(3));
        Assert.NotEqual("closed", (await host.CaseAsync(reference)).Status());
        Assert.Equal(person.Address, (await ContactAsync(host, reference)).Body.GetProperty("email").GetString());

        for (var times = 0; times < 2; times++) Assert.Equal(HttpStatusCode.OK, (await ToldAsync(host, reference)).Status);
        await host.PassAsync(TimeSpan.FromDays(2));
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal((outcome, true), (view.Outcome(), view.ChainIsIntact()));
        Assert.Single(view.Facts(), "answer-untold");
        Assert.Single(view.Facts(), "person-told");
        await host.UntilAsync(async () => await host.RowsAsync("privacyContacts", reference) == 0);
        Assert.Equal(before, (await host.Outbox.AllAsync(person.Address)).Count);
    }

    private static Task<(HttpStatusCode Status, JsonElement Body)> ToldAsync(ScenarioHost host, string reference) =>
        host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/told");

    /// <summary>An operator who prolongs it does not tie it to somebody else.</summary>
    [Fact]
    [Clause("R-RESTRICT")]
    [Clause("C-SECURE")]
    public async Task Restriction_ProlongedWhenItsMailboxIsAnothers_IsNotTiedToThem()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskAsync(right: "restriction", ground: "claims");
        await person.ConfirmAsync();
        await host.UntilAsync(reference, view => view.Status() == "restricted");
        var (heir, other) = await SmallCompany.JoinAsPersonAsync(host);
        await SmallCompany.LeaveAsync(host, person.Address, id);
        await SmallCompany.ShareAsync(host, person.Address, other);

        await host.OperateAsync("holds", new
        {
            id = $"request-{reference}", kind = "restriction", ground = "Still in court.", owner = "op-1", reviewOn = "2099-01-01", email = person.Address,
        });
        var hold = await new TableClient(host.Storage, "privacyHolds").QueryAsync<TableEntity>(row => row.RowKey == $"request-{reference}").FirstAsync();
        Assert.Equal("2099-01-01", hold.GetString("ReviewOn"));
        Assert.Empty((await host.AskUseAsync(heir.Address)).NotUsed);
    }

    private static Task<(HttpStatusCode Status, JsonElement Body)> ContactAsync(ScenarioHost host, string reference) =>
        host.CallAsync(HttpMethod.Get, $"api/operator/cases/{reference}/contact");

    private static Task<(HttpStatusCode Status, JsonElement Body)> ActAsync(ScenarioHost host, string reference, string act, object body) =>
        host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/{act}", body);
}
