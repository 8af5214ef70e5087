using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>Whatever holds kept from an erasure goes once they are released, in whichever order and by whatever they were found.</summary>
[Clause("R-ERASE")]
[Clause("K-EXTEND")]
public class ReleaseTests
{
    [Theory]
    [InlineData("h-1", "h-2")] // the directory is kept by the first of them
    [InlineData("h-2", "h-1")]
    public async Task Releases_OneAfterTheOther_EraseAllThatTheHoldsHadKept(string first, string second)
    {
        var (host, person, id) = await StopAsync();

        await FinishAsync(host, Assert.Single((await ReleaseAsync(host, person.Address, first)).Resumed));
        Assert.NotEqual((0, 0), await LeftAsync(host, person, id));
        await FinishAsync(host, Assert.Single((await ReleaseAsync(host, person.Address, second)).Resumed));

        Assert.Equal((0, 0), await LeftAsync(host, person, id));
        Assert.Equal(0, await EntriesAsync(host, person));
    }

    /// <summary>What the other had kept is not what came since: by the directory both are found, so it goes with one of them.</summary>
    [Theory]
    [InlineData("h-1", "h-2", false)]
    [InlineData("h-2", "h-1", false)]
    [InlineData("h-1", "h-2", true)]
    public async Task Releases_OnOneDay_EraseAllThatTheHoldsHadKept(string first, string second, bool isSideBySide)
    {
        var (host, person, id) = await StopAsync();
        var goOn = new List<string>();
        foreach (var hold in new[] { first, second }) goOn.Add(Assert.Single((await ReleaseAsync(host, person.Address, hold)).Resumed));
        foreach (var reference in goOn) await host.WaitingPlanAsync(reference);

        if (isSideBySide) await Task.WhenAll(goOn.Select(reference => FinishAsync(host, reference)));
        else foreach (var reference in goOn) await FinishAsync(host, reference);

        Assert.Equal((0, 0), await LeftAsync(host, person, id));
        Assert.Equal(0, await EntriesAsync(host, person));
    }

    [Fact]
    [Clause("C-RECIPIENTS")]
    public async Task Release_OfWhatWasKept_LeavesWhomTheErasureBeforeItWasAbout()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        await host.SubscribeAsync(person.Address, SentNewsletters.FreshName());
        await HoldAsync(host, new { email = person.Address, id = "h-1", dataSet = "newsletter-subscriptions" });
        var before = await EraseAsync(host, person);
        var link = await host.NoticeLinkAsync(Notifying.Reseller, Notifying.Erased, before);

        await FinishAsync(host, Assert.Single((await ReleaseAsync(host, person.Address, "h-1")).Resumed));
        Assert.Equal(HttpStatusCode.OK, (await host.PersonToTellOfAsync(before)).Status);
        Assert.Contains(person.Address, (await host.NoticePageAsync(link)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Clause("R-RECTIFY")]
    public async Task Release_WhileAnotherHoldLasts_LeavesTheEvidenceOfCorrections()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.WriteAsync("companyProfiles", id, "profile", ("Name", Correcting.WrongName), ("Email", person.Address));
        var (corrected, link) = await person.LookThroughAsync();
        await person.SendAsync(link, new() { [Assert.Single(await host.ValuesAsync(link), value => value.Title == "Name").Name] = "Dana Wrong" });
        await host.UntilAsync(corrected, found => found.Status() == "closed");
        await host.SubscribeAsync(person.Address, SentNewsletters.FreshName());
        await HoldAsync(host, new { email = person.Address, id = "h-1", dataSet = "profiles" });
        await HoldAsync(host, new { email = person.Address, id = "h-2", dataSet = "newsletter-subscriptions" });
        await EraseAsync(host, new DataSubject(host, person.Address));

        await FinishAsync(host, Assert.Single((await ReleaseAsync(host, person.Address, "h-2")).Resumed));
        Assert.Equal(1, await host.RowsAsync("privacyCorrections", corrected));
        await FinishAsync(host, Assert.Single((await ReleaseAsync(host, person.Address, "h-1")).Resumed));
        Assert.Equal(0, await host.RowsAsync("privacyCorrections", corrected));
    }

    /// <summary>They are told of what was kept, not that nothing is held about them at all.</summary>
    [Fact]
    public async Task Release_WhenWhatWasKeptIsGoneAndThePersonIsBack_SaysSoAndTouchesNothing()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await HoldAsync(host, new { email = person.Address, id = "h-1", dataSet = "profiles" });
        await EraseAsync(host, person);
        await new TableClient(host.Storage, "companyProfiles").DeleteEntityAsync(id, "profile");
        await host.SubscribeAsync(person.Address, SentNewsletters.FreshName());

        var goesOn = Assert.Single((await ReleaseAsync(host, person.Address, "h-1")).Resumed);
        await FinishAsync(host, goesOn);

        var told = (await host.Outbox.AllAsync(person.Address))[^1];
        Assert.Equal("What we had to keep is no longer there", told.Subject);
        Assert.DoesNotContain("found nothing about the owner", told.Text);
        Assert.Equal(1, await EntriesAsync(host, person));
    }

    /// <summary>As its purge leaves it, or a sale: whom the hold protects it knows from when it was placed.</summary>
    [Theory]
    [InlineData("gone")]
    [InlineData("handed over")]
    public async Task HoldOnAnAccount_WhoseOwnerIsNotFoundByItAnyMore_KeepsTheirDataAndItsReleaseNamesTheErasure(string account)
    {
        var host = await ScenarioHost.SharedAsync();
        var owners = await SmallCompany.JoinAsync(host, 2);
        var (owner, person) = (owners[0], new DataSubject(host, owners[0].Address));
        await HoldAsync(host, new { account = owner.Account, id = "h-1", dataSet = "profiles" });
        var accounts = new TableClient(host.Storage, "companyAccounts");
        if (account == "gone") await accounts.DeleteEntityAsync(owner.Account, "account");
        else await accounts.UpsertEntityAsync(new TableEntity(owner.Account, "account") { ["OwnerPersonId"] = owners[1].PersonId });

        var erasure = await EraseAsync(host, person);
        Assert.Equal(1, await host.RowsAsync("companyProfiles", owner.PersonId));
        var released = await ReleaseAsync(host, new { account = owner.Account, id = "h-1" });

        Assert.Empty(released.Resumed);
        Assert.Equal([erasure], released.ToBeAsked);
    }

    [Fact]
    public async Task HoldOnAnAccount_WhoseOwnerHasAnotherAddressAtItsRelease_NamesTheErasure()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        await HoldAsync(host, new { account = owner.Account, id = "h-1", dataSet = "profiles" });
        var erasure = await EraseAsync(host, new DataSubject(host, owner.Address));
        await SmallCompany.AddAddressAsync(host, owner.PersonId);
        await new TableClient(host.Storage, "companyDirectory").DeleteEntityAsync(KeyOf(owner.Address), owner.PersonId);

        var released = await ReleaseAsync(host, new { account = owner.Account, id = "h-1" });

        Assert.Empty(released.Resumed);
        Assert.Equal([erasure], released.ToBeAsked);
    }

    /// <summary>It is another account, whose owner nobody has a claim against.</summary>
    [Fact]
    public async Task HoldOnAnAccount_WhoseNumberWasGivenAway_KeepsNothingOfTheNewOwner()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var (next, id) = await SmallCompany.JoinAsPersonAsync(host);
        await HoldAsync(host, new { account = owner.Account, id = "h-1", dataSet = "profiles" });
        await new TableClient(host.Storage, "companyAccounts").UpsertEntityAsync(new TableEntity(owner.Account, "account")
        {
            ["OwnerPersonId"] = id, ["CreatedAt"] = DateTimeOffset.UtcNow.AddHours(1),
        });

        await host.FireAsync("RenewHoldLinks");
        await EraseAsync(host, next);
        Assert.Equal(0, await host.RowsAsync("companyProfiles", id));

        await EraseAsync(host, new DataSubject(host, owner.Address));
        Assert.Equal(1, await host.RowsAsync("companyProfiles", owner.PersonId));
    }

    // Of a person's profile and subscription each is held, and the person was erased.
    private static async Task<(ScenarioHost Host, DataSubject Person, string Id)> StopAsync()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.SubscribeAsync(person.Address, SentNewsletters.FreshName());
        await HoldAsync(host, new { email = person.Address, id = "h-1", dataSet = "profiles" });
        await HoldAsync(host, new { email = person.Address, id = "h-2", dataSet = "newsletter-subscriptions" });
        await EraseAsync(host, person);
        Assert.Equal((1, 1), await LeftAsync(host, person, id));
        return (host, person, id);
    }

    private static async Task<string> EraseAsync(ScenarioHost host, DataSubject person)
    {
        var reference = await person.AskToEraseAsync();
        await FinishAsync(host, reference);
        return reference;
    }

    // A plan that has changed since it was approved waits once more.
    private static Task FinishAsync(ScenarioHost host, string reference) => host.UntilAsync(async () =>
    {
        var view = await host.CaseAsync(reference);
        if (view.Status() == "awaitingApproval") await host.ApproveWaitingPlanAsync(reference);
        return view.Status() == "closed";
    });

    private static async Task<(int Profiles, int Subscriptions)> LeftAsync(ScenarioHost host, DataSubject person, string id) => (
        await host.RowsAsync("companyProfiles", id), await host.RowsAsync("companyNewsletters", KeyOf(person.Address)));

    private static Task<int> EntriesAsync(ScenarioHost host, DataSubject person) =>
        host.RowsAsync("companyDirectory", KeyOf(person.Address));

    private static string KeyOf(string address) => KeyPath.Encode(EmailAddress.Parse(address));

    private static Task HoldAsync(ScenarioHost host, object hold)
    {
        var fields = JsonSerializer.SerializeToNode(hold)!.AsObject();
        fields["kind"] = "legal";
        fields["ground"] = "A claim is pending.";
        fields["owner"] = "legal-team";
        fields["reviewOn"] = "2100-01-31";
        return host.OperateAsync("holds", fields);
    }

    private static Task<(IReadOnlyList<string> Resumed, IReadOnlyList<string> ToBeAsked)> ReleaseAsync(
        ScenarioHost host, string email, string id) => ReleaseAsync(host, new { email, id });

    private static async Task<(IReadOnlyList<string> Resumed, IReadOnlyList<string> ToBeAsked)> ReleaseAsync(ScenarioHost host, object hold)
    {
        using var answer = await host.PostAsOperatorAsync("api/operator/holds/release", hold);
        Assert.True(answer.IsSuccessStatusCode);
        var released = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (Read("resumed"), Read("toBeAsked"));

        string[] Read(string name) => [.. released.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
    }
}
