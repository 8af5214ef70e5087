using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>The page that each mail leads to: how a case stands, and the way to withdraw it.</summary>
[Clause("C-ACCESS")]
public class StandingTests
{
    private const string Withdrawn = "Your request is withdrawn";

    [Fact]
    public async Task Page_OfEachMail_SaysHowTheCaseStandsAndChangesNothing()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        var page = await person.PageAsync(host, Mails.Confirm);
        foreach (var path in new[] { page, $"{page}/withdrawal" })
            using (var looked = await host.App.SendAsync(new(HttpMethod.Head, path))) Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        var shown = await host.App.GetStringAsync(page);
        Assert.Contains("Get a copy of my data", shown);
        Assert.Contains("We are waiting for you.", shown);
        Assert.Contains("you will have our answer by", shown);
        Assert.DoesNotContain(person.Address, shown);
        Assert.Equal("awaitingConfirmation", (await host.CaseAsync(reference)).Status());

        await person.ConfirmAsync();
        await person.LinkAsync(Mails.Ready);
        var ready = await person.PageAsync(host, Mails.Ready);
        Assert.NotEqual(page, ready);
        Assert.Contains("It is ready for you to download.", await host.App.GetStringAsync(ready));
        Assert.Contains("the package is there until", await host.App.GetStringAsync(ready));
        await person.OpenAsync();
        var opened = await host.App.GetStringAsync(ready);
        Assert.Contains("You opened the package on", opened);
        Assert.DoesNotContain("We are waiting for you", opened);
        using var late = await person.PostAsync($"{ready}/withdrawal");
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal("offered", (await host.CaseAsync(reference)).Status());
    }

    [Fact]
    [Clause("L9")]
    public async Task Request_WithdrawnBeforeItWasConfirmed_IsClosedAndItsMailboxForgotten()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskAsync();
        var confirm = await person.LinkAsync(Mails.Confirm);
        var page = await person.PageAsync(host, Mails.Confirm);
        foreach (var _ in new[] { 1, 2 })
            using (var withdrawn = await person.PostAsync($"{page}/withdrawal")) Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        await host.Outbox.ReceiveAsync(person.Address, Withdrawn);
        await host.UntilAsync(async () => await host.RowsAsync("privacyContacts", reference) == 0);
        var view = await host.CaseAsync(reference);
        Assert.Equal(("closed", "withdrawn", true), (view.Status(), view.Outcome(), view.ChainIsIntact()));
        Assert.Equal("subject", view.ActorOf("closed"));

        using var late = await person.PostAsync(confirm);
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        Assert.Contains("You withdrew it", await host.App.GetStringAsync(page));
        Assert.Contains("It was closed on", await host.App.GetStringAsync(page));
        Assert.Single(await host.Outbox.AllAsync(person.Address, Withdrawn));
    }

    // What a plan only meant to delete stays, also when a hold that it met is released later.
    [Fact]
    [Clause("R-ERASE")]
    public async Task Erasure_WithdrawnBeforeItsApproval_DeletesNothingEver()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.OperateAsync("holds", new
        {
            email = person.Address, id = $"claim-{id}", kind = "legal", dataSet = "profiles", ground = "A claim is pending.", owner = "legal-team",
            reviewOn = "2030-01-01",
        });
        var reference = await person.AskAsync(right: "erasure");
        var page = await person.PageAsync(host, Mails.Confirm);
        await person.ConfirmAsync();
        var plan = await host.WaitingPlanAsync(reference);
        using (var withdrawn = await person.PostAsync($"{page}/withdrawal")) Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        using (var approved = await host.ApproveAsync(reference, new { hash = plan.Hash() })) Assert.False(approved.IsSuccessStatusCode);
        await host.Outbox.ReceiveAsync(person.Address, Withdrawn);
        await host.UntilAsync(async () => await host.RowsAsync("privacyContacts", reference) == 0);
        using var release = new HttpRequestMessage(HttpMethod.Post, "api/operator/holds/release")
        {
            Content = JsonContent.Create(new { email = person.Address, id = $"claim-{id}" }),
        };
        release.Headers.Add(CallerKey.Header, host.OperatorKey);
        using var released = await host.App.SendAsync(release);
        Assert.Equal(0, (await released.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("resumed").GetArrayLength());
        Assert.NotNull(await host.NameInAsync("companyProfiles", id, "profile"));
        Assert.Empty(await host.Outbox.AllAsync(person.Address, ErasureMails.Done));
        Assert.Equal("withdrawn", (await host.CaseAsync(reference)).Outcome());
    }

    [Fact]
    [Clause("R-RECTIFY")]
    [Clause("R-COMPLAIN")]
    public async Task CorrectionAndComplaint_Withdrawn_AreClosed()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var (correction, link) = await person.LookThroughAsync();
        var page = await person.PageAsync(host, Correcting.Ready);
        using (var withdrawn = await person.PostAsync($"{page}/withdrawal")) Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        await host.UntilAsync(async () => await host.RowsAsync("privacyContacts", correction) == 0);
        using (var late = await person.PostAsync(link, new { statement = "One more thing." })) Assert.Equal(HttpStatusCode.Gone, late.StatusCode);

        using var sent = await person.PostAsync("requests/complaint", new { email = person.Address, text = "You do not answer my letters." });
        var complaint = JsonDocument.Parse(await sent.Content.ReadAsStringAsync()).RootElement.GetProperty("reference").GetString()!;
        await host.UntilAsync(complaint, view => view.Status() == "awaitingDecision");
        page = await person.PageAsync(host, "complaint");
        using (var withdrawn = await person.PostAsync($"{page}/withdrawal")) Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        await host.UntilAsync(async () => await host.RowsAsync("privacyContacts", complaint) == 0);
        Assert.Equal("withdrawn", (await host.CaseAsync(complaint)).Outcome());
        Assert.Equal(2, (await host.Outbox.AllAsync(person.Address, Withdrawn)).Count);
    }

    [Fact]
    [Clause("C-SECURE")]
    public async Task Link_OfAnotherPurposeOrDamaged_ShowsAndWithdrawsNothing()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        var confirm = await person.LinkAsync(Mails.Confirm);
        foreach (var wrong in new[] { confirm[(confirm.LastIndexOf('/') + 1)..], "AAAA", new string('A', 2000) })
            foreach (var path in new[] { $"requests/case/{wrong}", $"requests/case/{wrong}/withdrawal" })
            {
                using var shown = await host.App.GetAsync(path);
                using var sent = await person.PostAsync($"requests/case/{wrong}/withdrawal");
                Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (shown.StatusCode, sent.StatusCode));
            }

        Assert.Equal("awaitingConfirmation", (await host.CaseAsync(reference)).Status());
    }
}
