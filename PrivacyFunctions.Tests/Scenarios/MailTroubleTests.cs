using System.Net;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>What operators decide and people write while the mail provider is away: nothing is lost, doubled, or said before it is so.</summary>
public class MailTroubleTests
{
    private const int Away = 503;

    [LocalFact("breaks the outbox", typeof(RefusalTests))]
    [Clause("L6")]
    [Clause("R-ERASE")]
    public async Task Refusal_ThatCannotBeTold_KeepsTheCaseOpen_AndIsToldOnceItCan()
    {
        await using var host = await LocalHostHere.StartAsync(new DateOnly(2026, 3, 2), seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 2);
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskToEraseAsync();
        var hash = (await host.WaitingPlanAsync(reference)).Hash();
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, ErasureMails.PlanWaits); // no other mail is on its way
        var page = await person.PageAsync(host, Mails.Confirm);
        var refusal = new { ground = "noGround", explanation = "We need it for your contract." };
        foreach (var acceptButFail in new[] { false, true })
        {
            await host.RefuseMailsAsync(1, Away, acceptButFail);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/refusal", refusal)).Status);
        }

        // It is decided: nobody approves it, or takes it back.
        Assert.Equal("awaitingApproval", (await host.CaseAsync(reference)).Status());
        Assert.Contains("We have decided that we cannot do what you asked for.", await host.App.GetStringAsync(page), StringComparison.Ordinal);
        using (var approved = await host.ApproveAsync(reference, new { hash })) Assert.Equal(HttpStatusCode.Conflict, approved.StatusCode);
        using (var withdrawn = await person.PostAsync($"{page}/withdrawal")) Assert.Equal(HttpStatusCode.Conflict, withdrawn.StatusCode);

        var (status, told) = await host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/refusal", refusal);
        Assert.Equal((HttpStatusCode.OK, true), (status, told.GetProperty("told").GetBoolean()));
        await host.UntilAsync(async () => await host.RowsAsync("privacyContacts", reference) == 0);
        var view = await host.CaseAsync(reference);
        Assert.Equal(("closed", "refused", true), (view.Status(), view.Outcome(), view.ChainIsIntact()));
        Assert.Single(view.Facts(), "request-refused");
        Assert.Single((await host.Outbox.AllAsync(person.Address, "We cannot do what you asked for")).Select(mail => mail.Headers["Message-ID"]).Distinct());
    }

    [LocalFact("breaks the outbox", typeof(MessageTests))]
    [Clause("C-ACCESS")]
    public async Task Messages_WhileTheProviderIsAway_AreSentOnce_AndToldTheOfficerInTheNight()
    {
        await using var host = await LocalHostHere.StartAsync(new DateOnly(2026, 3, 2), seeded: false, nights: false);
        var person = DataSubject.Stranger(host);
        var reference = await person.ComplainAsync("You sent me letters after I had asked you to stop.");
        await host.UntilItWaitsAsync(reference);
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, Complaining.Waits); // no other mail is on its way

        await host.RefuseMailsAsync(1, Away);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.WriteToPersonAsync(reference, "Which letters?", asks: true, key: "k1")).Status);
        var view = await host.CaseAsync(reference);
        Assert.DoesNotContain("message-sent", view.Facts()); // what did not go out was not asked
        Assert.Empty((await host.MessagesAsync(reference)).Written());
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal(HttpStatusCode.OK, (await host.WriteToPersonAsync(reference, "Which letters?", asks: true, key: "k1")).Status);
        Assert.Single(await host.Outbox.AllAsync(person.Address, Writing.Question));

        await host.RefuseMailsAsync(1, Away);
        Assert.Equal(HttpStatusCode.OK, await person.WriteAsync(await person.PageAsync(host, Writing.Question), "Those of May."));
        Assert.Empty(await host.Outbox.AllAsync(ErasureMails.Officer, Writing.PersonWrote));
        await host.PassAsync(TimeSpan.FromDays(2));
        Assert.Contains(reference, Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, Writing.PersonWrote)).Text);
        Assert.Equal([("us", "Which letters?"), ("person", "Those of May.")], (await host.MessagesAsync(reference)).Written());
        Assert.True((await host.CaseAsync(reference)).ChainIsIntact());
    }
}
