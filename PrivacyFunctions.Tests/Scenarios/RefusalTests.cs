using System.Net;
using System.Text.Json;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A request that is refused as a whole, with reasons, the way to complain and the way to a court.</summary>
[Clause("L6")]
[Clause("R-ERASE")]
public class RefusalTests
{
    private const string Told = "We cannot do what you asked for";

    [Fact]
    public async Task Erasure_Refused_DeletesNothing_TellsWhyAndWhereToComplain_AndLeavesNoAddress()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskToEraseAsync();
        await host.WaitingPlanAsync(reference);
        var page = await person.PageAsync(host, Mails.Confirm);
        var confirm = await person.LinkAsync(Mails.Confirm);
        foreach (var wrong in new object[]
        {
            new { }, new { ground = "excessive", explanation = "Because." }, new { ground = "excessive", evidence = "gut feeling", explanation = "Because." },
            new { ground = "noGround", evidence = "askedBefore", explanation = "Because." }, new { ground = "noGround" }, new { ground = "No", explanation = "Because." },
            new { ground = "noGround", explanation = new string('x', 4001) }, new { ground = "noGround", explanation = "Because.", by = "me" },
        })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await RefuseAsync(host, reference, wrong)).Status);
        Assert.Equal("awaitingApproval", (await host.CaseAsync(reference)).Status());

        foreach (var (ground, words) in new[] { ("excessive", "We erased your data last week.\nNothing is new."), ("unfounded", "No.") })
        {
            var (status, body) = await RefuseAsync(host, reference, new { ground, evidence = "askedBefore, nothingChanged", explanation = words });
            Assert.Equal((HttpStatusCode.OK, "excessive"), (status, body.GetProperty("ground").GetString()));
        }

        var mail = await host.Outbox.ReceiveAsync(person.Address, Told);
        Assert.Contains("We erased your data last week.", mail.Text);
        Assert.Contains("art. 12(5)", mail.Text);
        Assert.Contains("complain to the data protection authority", mail.Text);
        Assert.Contains("go to court", mail.Text);
        await host.UntilAsync(async () => await host.RowsAsync("privacyContacts", reference) == 0);
        var view = await host.CaseAsync(reference);
        Assert.Equal(("closed", "refused", true), (view.Status(), view.Outcome(), view.ChainIsIntact()));
        Assert.Single(await host.Outbox.AllAsync(person.Address, Told));
        Assert.NotEqual(0, await host.RowsAsync("companyProfiles", id));
        Assert.Contains("We refused it.", await host.App.GetStringAsync(page), StringComparison.Ordinal);
        using var late = await person.PostAsync(confirm);
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
    }

    [Fact]
    public async Task Request_ThatWaitsForNoOperatorOrIsDone_IsNotRefused()
    {
        var host = await ScenarioHost.SharedAsync();
        var refusal = new { ground = "noGround", explanation = "Because." };
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var access = await DataSubject.Stranger(host).AskAsync();
        Assert.Equal(HttpStatusCode.Conflict, (await RefuseAsync(host, access, refusal)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await RefuseAsync(host, new string('0', 32), refusal)).Status);
        var erased = await person.AskToEraseAsync();
        await host.ApproveWaitingPlanAsync(erased);
        await host.UntilAsync(erased, view => view.Status() == "closed");
        Assert.Equal(HttpStatusCode.Conflict, (await RefuseAsync(host, erased, refusal)).Status);
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Told));
    }

    // Whoever asked again is not erased behind their back when a hold is released that a refused plan had met.
    [Fact]
    public async Task Erasure_Refused_IsNotGoneOnWithWhenAHoldIsReleased()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.OperateAsync("holds", new
        {
            email = person.Address, id = $"claim-{id}", kind = "legal", dataSet = "profiles", ground = "A claim is pending.", owner = "legal-team", reviewOn = "2030-01-01",
        });
        var reference = await person.AskToEraseAsync();
        await host.WaitingPlanAsync(reference);
        Assert.Equal(HttpStatusCode.OK, (await RefuseAsync(host, reference, new { ground = "noGround", explanation = "We need it for your contract." })).Status);
        await host.Outbox.ReceiveAsync(person.Address, Told);
        await host.OperateAsync("holds/release", new { id = $"claim-{id}", email = person.Address });
        var (_, found) = await host.CallAsync(HttpMethod.Post, "api/operator/cases/search", new { email = person.Address });
        Assert.Single(found.GetProperty("cases").EnumerateArray());
        Assert.NotEqual(0, await host.RowsAsync("companyProfiles", id));
    }

    private static Task<(HttpStatusCode Status, JsonElement Body)> RefuseAsync(ScenarioHost host, string reference, object body) =>
        host.CallAsync(HttpMethod.Post, $"api/operator/cases/{reference}/refusal", body);
}
