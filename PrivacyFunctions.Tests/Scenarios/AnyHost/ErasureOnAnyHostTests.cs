using Azure.Data.Tables;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>An erasure of a person who is this test's own, on whatever host.</summary>
[Clause("R-ERASE")]
public class ErasureOnAnyHostTests
{
    [Fact]
    public async Task Plan_ThatNobodyApproves_IsEscalatedAndStillCarriedOut()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskToEraseAsync();
        await host.WaitingPlanAsync(reference);

        var waiting = await host.UntilAsync(reference, found => found.Facts().Contains("erasure-escalated"));
        Assert.Equal(["approval"], waiting.Attention());
        Assert.Equal("awaitingApproval", waiting.Status());
        await host.UntilAsync(async () => (await host.Outbox.AllAsync(ErasureMails.Officer, ErasureMails.Escalation))
            .Count(mail => mail.Text!.Contains(reference, StringComparison.Ordinal)) >= 2); // and again when the time has almost run out
        Assert.Equal(1, await host.RowsAsync("companyProfiles", id));

        await host.ApproveWaitingPlanAsync(reference);
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal("erased", view.Outcome());
        Assert.True(view.ChainIsIntact());
        Assert.Equal(0, await host.RowsAsync("companyProfiles", id));
        await host.Outbox.ReceiveAsync(person.Address, ErasureMails.Done);
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, person.Address));
    }

    [Fact]
    public async Task Plan_ThatChangesBeforeItsApproval_DestroysNothingUntilTheNewOneIsApproved()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskToEraseAsync();
        var first = await host.WaitingPlanAsync(reference);
        await new TableServiceClient(host.Storage).GetTableClient("companyUsage")
            .AddEntityAsync(new TableEntity(id, "came-meanwhile") { ["At"] = DateTimeOffset.UtcNow });

        await host.OperateAsync($"cases/{reference}/plan/approval", new { hash = first.Hash() });
        await host.UntilAsync(reference, found => found.Facts().Contains("plan-changed"));
        var second = await host.WaitingPlanAsync(reference);

        Assert.NotEqual(first.Hash(), second.Hash());
        Assert.Equal((1, 1), (await host.RowsAsync("companyUsage", id), await host.RowsAsync("companyProfiles", id)));

        await host.ApproveWaitingPlanAsync(reference);
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal("erased", view.Outcome());
        Assert.Equal((0, 0), (await host.RowsAsync("companyUsage", id), await host.RowsAsync("companyProfiles", id)));
        Assert.True(view.ChainIsIntact());
    }

    [Fact]
    [Clause("K-DISPOSE")]
    [Clause("T-FORUM")]
    public async Task Erasure_OfWhoPostedInTheForum_LeavesThePostsAndTakesTheName()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var (posts, text) = (new TableServiceClient(host.Storage).GetTableClient("companyForumPosts"), $"What {Guid.NewGuid():N} is for?");
        await posts.AddEntityAsync(new TableEntity(id, $"{id}-001")
        {
            ["DisplayName"] = "A name to forget", ["Thread"] = "Questions", ["Text"] = text, ["PostedAt"] = DateTimeOffset.UtcNow,
        });
        var (somebodyElse, key) = ($"q-{Guid.NewGuid():N}", $"{Guid.NewGuid():N}");
        await posts.AddEntityAsync(new TableEntity(somebodyElse, key)
        {
            ["DisplayName"] = "Somebody else", ["Thread"] = "Questions", ["Text"] = "For this.", ["PostedAt"] = DateTimeOffset.UtcNow,
            ["InReplyTo"] = "A name to forget", ["InReplyToPersonId"] = id,
        });
        var reference = await person.AskToEraseAsync();

        await host.ApproveWaitingPlanAsync(reference);
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");

        Assert.Equal("erased", view.Outcome());
        Assert.Equal(0, await host.RowsAsync("companyForumPosts", id));
        var answer = (await posts.GetEntityAsync<TableEntity>(somebodyElse, key)).Value;
        Assert.Equal(("Somebody else", "For this."), (answer.GetString("DisplayName"), answer.GetString("Text")));
        Assert.Equal((false, ""), (answer.ContainsKey("InReplyTo"), answer.GetString("InReplyToPersonId")));
        var post = Assert.Single(await posts.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"Text eq {text}")).ToListAsync());
        Assert.StartsWith("~anonymous-", post.PartitionKey);
        Assert.Equal("Questions", post.GetString("Thread"));
        Assert.False(post.ContainsKey("DisplayName"));
        Assert.DoesNotContain(id, post.RowKey, StringComparison.Ordinal);
    }
}
