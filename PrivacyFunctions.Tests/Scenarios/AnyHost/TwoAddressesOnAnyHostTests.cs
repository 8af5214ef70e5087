using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.AnyHost;

/// <summary>
/// A person with two addresses is one person: what was decided under one counts for what is asked under the other.
/// </summary>
[Clause("R-ERASE")]
public class TwoAddressesOnAnyHostTests
{
    [Fact]
    public async Task Erasure_AskedWithOneAddress_TakesWhatIsKeptUnderTheOtherAndSaysSo()
    {
        var host = await ScenarioHost.SharedAsync();
        var (first, second, id) = await JoinAsync(host);
        await host.SubscribeAsync(first.Address, SentNewsletters.FreshName());
        var reference = await second.AskToEraseAsync();
        await host.ApproveWaitingPlanAsync(reference);
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");

        Assert.Equal("erased", view.Outcome());
        Assert.Equal((0, 0), (await DirectoryAsync(host, first), await DirectoryAsync(host, second)));
        Assert.Equal(0, await host.RowsAsync("companyNewsletters", KeyPath.Encode(EmailAddress.Parse(first.Address))));
        Assert.Equal(0, await host.RowsAsync("companyProfiles", id));
        Assert.Contains(
            $"We searched for data under {second.Address} and {first.Address}.",
            (await host.Outbox.ReceiveAsync(second.Address, ErasureMails.Done)).Text!);
        Assert.Empty(await host.Outbox.AllAsync(first.Address));
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Erasure_HoldUnderTheOtherAddress_KeepsWhatItCovers()
    {
        var host = await ScenarioHost.SharedAsync();
        var (first, second, id) = await JoinAsync(host);
        await HoldAsync(host, first, "profiles");
        await new TableServiceClient(host.Storage).GetTableClient("companyUsage").AddEntityAsync(new TableEntity(id, "an-entry"));
        var reference = await second.AskToEraseAsync();
        var plan = await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, found => found.Status() == "closed");

        Assert.Equal("retain", plan.Line("profiles").GetProperty("action").GetString());
        Assert.Equal(1, await host.RowsAsync("companyProfiles", id));
        Assert.Equal(0, await host.RowsAsync("companyUsage", id));

        // Without the directory nobody would find the hold any more, nor what it has kept.
        Assert.Equal((1, 1), (await DirectoryAsync(host, first), await DirectoryAsync(host, second)));
    }

    [Theory]
    [Clause("K-EXTEND")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Erasure_HoldUnderAnAddressThatTheDirectoryHasForgottenSince_KeepsWhatItCovers(bool isAskedWithOneOfThen)
    {
        var host = await ScenarioHost.SharedAsync();
        var (first, second, id) = await JoinAsync(host);
        await HoldAsync(host, first, "profiles", "h-1");
        var directory = new TableServiceClient(host.Storage).GetTableClient("companyDirectory");
        var asking = isAskedWithOneOfThen ? second : await SmallCompany.AddAddressAsync(host, id);
        foreach (var forgotten in new[] { first, second }.Where(each => each != asking))
            await foreach (var row in directory.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {KeyPath.Encode(EmailAddress.Parse(forgotten.Address))}")))
                await directory.DeleteEntityAsync(row);

        var reference = await asking.AskToEraseAsync();
        var plan = await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, found => found.Status() == "closed");

        Assert.Equal("retain", plan.Line("profiles").GetProperty("action").GetString());
        Assert.Equal(1, await host.RowsAsync("companyProfiles", id));
        using var released = await host.PostAsOperatorAsync("api/operator/holds/release", new { email = first.Address, id = "h-1" });
        var answer = await released.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(reference, Assert.Single(answer.GetProperty("toBeAsked").EnumerateArray()).GetString()); // a person goes on with it
    }

    [Fact]
    [Clause("K-EXTEND")]
    public async Task Erasure_HoldUnderTheOtherAddressBeforeTheApproval_KeepsWhatItCovers()
    {
        var host = await ScenarioHost.SharedAsync();
        var (first, second, id) = await JoinAsync(host);
        var reference = await second.AskToEraseAsync();
        await HoldBeforeTheApprovalAsync(host, reference, first);

        Assert.Equal(1, await host.RowsAsync("companyProfiles", id));
    }

    /// <summary>Keeping too much for a while can be mended, destroying too much cannot.</summary>
    [Theory]
    [Clause("K-EXTEND")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Erasure_HoldUnderAnAddressThatNobodyProved_KeepsWhatItCovers(bool isThereFromTheBeginning)
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var doubtful = isThereFromTheBeginning ? await SmallCompany.AddAddressAsync(host, id, isProven: false) : null;
        var reference = await person.AskToEraseAsync();
        await HoldBeforeTheApprovalAsync(host, reference, doubtful ?? await SmallCompany.AddAddressAsync(host, id));

        Assert.Equal(1, await host.RowsAsync("companyProfiles", id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Erasure_AskedWithOneAddress_EndsTheTimeToUndoOfAnAccountThatIsOwnedWithTheOther(bool isTheCompanysDecision)
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var second = await SmallCompany.AddAddressAsync(host, owner.PersonId);
        var ended = isTheCompanysDecision ? (await owner.BeEndedAsync()).Reference : await owner.AskAsync();
        if (!isTheCompanysDecision) await owner.ConfirmAsync();
        else // only the profile names the address to which the company's decision was told
            await new TableServiceClient(host.Storage).GetTableClient("companyDirectory")
                .DeleteEntityAsync(KeyPath.Encode(EmailAddress.Parse(owner.Address)), owner.PersonId);
        var reference = await second.AskToEraseAsync();
        await host.UntilAsync(ended, found => found.Facts().Contains("undo-over"));
        await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, found => found.Status() == "closed");
    }

    [Fact]
    [Clause("K-EXTEND")]
    [Clause("T-ACTIVE")]
    public async Task Purge_HoldUnderTheOwnersOtherAddress_KeepsWhatIsAboutTheOwner()
    {
        await using var host = await ScenarioHost.WhereTimePassesAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var second = await SmallCompany.AddAddressAsync(host, owner.PersonId);
        var ended = await owner.BeEndedAsync();
        await HoldAsync(host, second, dataSet: null);

        var held = await host.UntilAsync(ended.Reference, found => found.Facts().Contains("purge-escalated"));
        Assert.Contains("data-set-held", held.Facts());
        Assert.Equal(1, await owner.ItemsAsync()); // the account itself, which names its owner
    }

    /// <summary>Nobody's data is told or destroyed because somebody else wrote their address down.</summary>
    [Fact]
    [Clause("C-SECURE")]
    public async Task AccessAndErasure_AddressThatNobodyProved_LeaveItsDataAlone()
    {
        var host = await ScenarioHost.SharedAsync();
        var (attacker, id) = await SmallCompany.JoinAsPersonAsync(host);
        var victim = await SmallCompany.AddAddressAsync(host, id, isProven: false);
        await host.SubscribeAsync(victim.Address, SentNewsletters.FreshName());

        var package = await attacker.ReceiveEverythingAsync();
        Assert.Equal(0, package.Records("newsletter-subscriptions"));
        Assert.Contains($"We searched for data under {attacker.Address}.", package.Html);

        var reference = await new DataSubject(host, attacker.Address).AskToEraseAsync();
        await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(1, await host.RowsAsync("companyNewsletters", KeyPath.Encode(EmailAddress.Parse(victim.Address))));
        Assert.Equal(0, await DirectoryAsync(host, victim)); // the entry is the attacker's own
    }

    [Fact]
    [Clause("C-SECURE")]
    [Clause("R-ACCESS")]
    public async Task Access_MailboxThatSeveralPersonsShare_TellsNoneTheOthersAddress()
    {
        var host = await ScenarioHost.SharedAsync();
        var (one, first) = await SmallCompany.JoinAsPersonAsync(host);
        var (two, second) = await SmallCompany.JoinAsPersonAsync(host);
        var office = await SmallCompany.AddAddressAsync(host, first);
        await SmallCompany.ShareAsync(host, office.Address, second);
        await host.SubscribeAsync(two.Address, SentNewsletters.FreshName());

        foreach (var asked in new[] { office, one })
        {
            var package = await asked.ReceiveEverythingAsync();
            Assert.Equal(0, package.Records("newsletter-subscriptions"));
            Assert.Contains($"We searched for data under {asked.Address}.", package.Html);
        }
    }

    private static async Task<(DataSubject First, DataSubject Second, string Id)> JoinAsync(ScenarioHost host)
    {
        var (first, id) = await SmallCompany.JoinAsPersonAsync(host);
        return (first, await SmallCompany.AddAddressAsync(host, id), id);
    }

    // The plan waits, a hold comes, and the plan that was looked at is approved: it has changed, and the new one is approved too.
    private static async Task HoldBeforeTheApprovalAsync(ScenarioHost host, string reference, DataSubject person)
    {
        var plan = await host.WaitingPlanAsync(reference);
        await HoldAsync(host, person, "profiles");
        await host.OperateAsync($"cases/{reference}/plan/approval", new { hash = plan.Hash() });
        await host.UntilAsync(reference, found => found.Facts().Contains("plan-changed"));
        await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, found => found.Status() == "closed");
    }

    private static Task HoldAsync(
        ScenarioHost host, DataSubject person, string? dataSet, string? id = null) => host.OperateAsync("holds", new
    {
        email = person.Address, id = id ?? $"h-{Guid.NewGuid():N}", kind = "legal", dataSet, ground = "A claim is pending.",
        owner = "legal-team", reviewOn = "2100-01-31",
    });

    private static Task<int> DirectoryAsync(ScenarioHost host, DataSubject person) =>
        host.RowsAsync("companyDirectory", KeyPath.Encode(EmailAddress.Parse(person.Address)));
}
