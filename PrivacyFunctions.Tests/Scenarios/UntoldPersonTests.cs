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
        Assert.Equal(HttpStatusCode.OK, (await host.DecideAsync(reference, "upheld", "You were right.")).Status);
        await host.UntilAsync(reference, view => view.Status() == "closed");
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, "A person could not be told what their complaint came to", about: [reference]);
        Assert.Empty(await host.Outbox.AllAsync(person.Address));
    }

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
