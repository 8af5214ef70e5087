using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.Callers;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>Nothing is destroyed but by a plan that an operator approved and that is still true then.</summary>
[Clause("R-ERASE")]
public class ErasureApprovalTests
{
    private static readonly string Unknown = new('a', 64);

    public static TheoryData<object, HttpStatusCode> Unusable => new()
    {
        { new { }, HttpStatusCode.UnprocessableEntity },
        { new { hash = "abc" }, HttpStatusCode.UnprocessableEntity },
        { new { hash = Unknown, @operator = "op-7" }, HttpStatusCode.UnprocessableEntity }, // the key says who it is
        { new { hash = new[] { Unknown } }, HttpStatusCode.BadRequest },
        { "not an object", HttpStatusCode.BadRequest },
        { new { hash = Unknown }, HttpStatusCode.Conflict },
    };

    [Fact]
    public async Task Approval_Unusable_IsRefusedAndChangesNothing()
    {
        var host = await ScenarioHost.SharedAsync();
        var reference = await new DataSubject(host, SamplePeople.All[122].Address).AskToEraseAsync();
        var hash = (await host.WaitingPlanAsync(reference)).Hash();
        foreach (var row in Unusable)
        {
            using var answer = await host.ApproveAsync(reference, row[0]);
            Assert.Equal((HttpStatusCode)row[1], answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            if (answer.StatusCode == HttpStatusCode.Conflict)
                Assert.Equal(hash, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("currentHash").GetString());
        }

        using var keyless = await host.ApproveAsync(reference, new { hash }, withKey: false);
        Assert.Equal(HttpStatusCode.Unauthorized, keyless.StatusCode);
        using var nobody = await host.ApproveAsync(new('0', 32), new { hash });
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
        Assert.Equal("awaitingApproval", (await host.CaseAsync(reference)).Status());
        Assert.NotEqual(0, await host.RowsAsync("companyProfiles", SamplePeople.All[122].Id));
    }

    [Fact]
    public async Task Approvals_ManyAtOnce_AreOne()
    {
        var host = await ScenarioHost.SharedAsync();
        var reference = await new DataSubject(host, SamplePeople.All[123].Address).AskToEraseAsync();
        var hash = (await host.WaitingPlanAsync(reference)).Hash();

        var keys = await Task.WhenAll(
            Enumerable.Range(1, 8).Select(number => host.IssueKeyAsync($"op-{number}", CallerRole.Approver)));

        var answers = await Task.WhenAll(keys.Select(key => host.ApproveAsync(reference, new { hash }, key)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        foreach (var answer in answers) answer.Dispose();
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Single(view.Facts(), "plan-approved");
        Assert.Matches("^op-[1-8]$", view.ActorOf("plan-approved"));
        Assert.True(view.ChainIsIntact());
        Assert.Single(await host.Outbox.AllAsync(SamplePeople.All[123].Address, ErasureMails.Done));
        using var late = await host.ApproveAsync(reference, new { hash });
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
    }

    [Fact]
    public async Task Approval_OfAPlanThatIsNoLongerTrue_DestroysNothingAndWaitsForTheNewOne()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, table) = (SamplePeople.All[124], new TableServiceClient(host.Storage).GetTableClient("companyUsage"));
        var reference = await new DataSubject(host, person.Address).AskToEraseAsync();
        var first = await host.WaitingPlanAsync(reference);
        var before = await host.RowsAsync("companyUsage", person.Id);
        await table.AddEntityAsync(new TableEntity(person.Id, "came-meanwhile") { ["At"] = DateTimeOffset.UtcNow });

        using (var approved = await host.ApproveAsync(reference, new { hash = first.Hash() }))
            Assert.Equal(HttpStatusCode.OK, approved.StatusCode);
        await host.UntilAsync(reference, found => found.Facts().Contains("plan-changed"));
        var second = await host.WaitingPlanAsync(reference);

        Assert.NotEqual(first.Hash(), second.Hash());
        Assert.Equal(before + 1, await host.RowsAsync("companyUsage", person.Id));
        Assert.NotEqual(0, await host.RowsAsync("companyProfiles", person.Id));
        using (var stale = await host.ApproveAsync(reference, new { hash = first.Hash() }))
        {
            Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
            Assert.Equal(second.Hash(), (await stale.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("currentHash").GetString());
        }

        await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(0, await host.RowsAsync("companyUsage", person.Id));
        var waits = await host.Outbox.AllAsync(ErasureMails.Officer, ErasureMails.PlanWaits);
        Assert.Equal(2, waits.Count(mail => mail.Text!.Contains(reference, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Approval_HoldPlacedAfterThePlan_IsNoApprovalOfWhatTheHoldLeaves()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = SamplePeople.All[125];
        var reference = await new DataSubject(host, person.Address).AskToEraseAsync();
        var first = await host.WaitingPlanAsync(reference);
        await host.OperateAsync("holds", new
        {
            email = person.Address, id = "objection-1", kind = "restriction", ground = "an objection is looked into",
            owner = "dpo", reviewOn = "2027-01-31",
        });

        using (var approved = await host.ApproveAsync(reference, new { hash = first.Hash() }))
            Assert.Equal(HttpStatusCode.OK, approved.StatusCode);
        await host.UntilAsync(reference, found => found.Facts().Contains("plan-changed"));
        var second = await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, found => found.Status() == "closed");

        Assert.All(
            second.GetProperty("lines").EnumerateArray(),
            line => Assert.Equal("retain", line.GetProperty("action").GetString()));
        Assert.NotEqual(0, await host.RowsAsync("companyProfiles", person.Id));
        var mail = (await host.Outbox.ReceiveAsync(person.Address, ErasureMails.Stays)).Text!;
        Assert.Contains("Its use is restricted while something is looked into", mail);
        Assert.Contains("complain to the data protection authority", mail);
    }

    [Fact]
    [Clause("C-ACCESS")]
    public async Task Plan_LookedAt_ShowsNumbersOnlyAndIsLogged()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = SamplePeople.All[126];
        var reference = await new DataSubject(host, person.Address).AskToEraseAsync();
        var plan = await host.WaitingPlanAsync(reference);

        Assert.DoesNotContain(person.Address, plan.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(person.Id, plan.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(1, plan.Line("profiles").GetProperty("items").GetInt32());
        var views = new TableServiceClient(host.Storage).GetTableClient("privacyViews");
        var view = Assert.Single(await views.QueryAsync<TableEntity>(row => row.PartitionKey == reference).ToListAsync());
        Assert.Equal("erasure-plan", view.GetString("What"));
        Assert.Matches("operator$|^op-", view.GetString("Viewer"));

        using var keyless = await host.GetPlanAsync(reference, key: null);
        Assert.Equal(HttpStatusCode.Unauthorized, keyless.StatusCode);
        using var none = await host.GetPlanAsync(await DataSubject.Stranger(host).AskAsync(), host.OperatorKey);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }
}
