using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>What is restricted is kept and not used; what a hold stopped goes on by itself once it is released.</summary>
public class RestrictionTests
{
    private const string Review = "hold is due for review";

    [Fact]
    [Clause("R-RESTRICT")]
    public async Task Restriction_UnderAnotherAddress_StopsNewslettersUntilItIsReleased()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var second = await SmallCompany.AddAddressAsync(host, id);
        var (newsletter, hold) = (SentNewsletters.FreshName(), $"r-{Guid.NewGuid():N}");
        await host.SubscribeAsync(person.Address, newsletter);
        await RestrictAsync(host, second.Address, hold, "profiles");
        Assert.Equal("sent", await host.MessageAsync(person.Address, $"newsletter:{newsletter}", "Of another data set"));

        await RestrictAsync(host, second.Address, hold, null);
        Assert.Equal((0, 1, 0, 0), await host.CountsAsync(await host.OrderAsync(newsletter, "Not now")));
        Assert.Equal("suppressed", await host.MessageAsync(person.Address, $"newsletter:{newsletter}", "Not this either"));
        Assert.Equal("sent", await host.MessageAsync(person.Address, "transaction", "Your receipt"));
        Assert.Null(await host.LeftAtAsync(person.Address, newsletter)); // they still want it

        await host.OperateAsync("holds/release", new { email = second.Address, id = hold });
        Assert.Equal((1, 0, 0, 0), await host.CountsAsync(await host.OrderAsync(newsletter, "Again")));
        Assert.Equal(
            ["Of another data set", "Your receipt", "Again"],
            (await host.Outbox.AllAsync(person.Address)).Select(mail => mail.Subject));
    }

    /// <summary>Kept and not used: that cannot depend on when the company learned of an address.</summary>
    [Fact]
    [Clause("R-RESTRICT")]
    public async Task Restriction_OfAPersonWhoGetsAnotherAddressLater_StopsNewslettersThereToo()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var (newsletter, hold) = (SentNewsletters.FreshName(), $"r-{Guid.NewGuid():N}");
        await RestrictAsync(host, person.Address, hold, null);
        var later = await SmallCompany.AddAddressAsync(host, id);
        await SmallCompany.ShareAsync(host, later.Address, "q 1"); // what nobody can use takes nothing away
        await host.SubscribeAsync(later.Address, newsletter);

        Assert.Equal((0, 1, 0, 0), await host.CountsAsync(await host.OrderAsync(newsletter, "Not now")));
        Assert.Equal("suppressed", await host.MessageAsync(later.Address, $"newsletter:{newsletter}", "Not this either"));
        await host.OperateAsync("holds/release", new { email = person.Address, id = hold });
        Assert.Equal("sent", await host.MessageAsync(later.Address, $"newsletter:{newsletter}", "Again"));
    }

    /// <summary>Nobody knew who it was: from the next night on the directory says so.</summary>
    [Fact]
    [Clause("R-RESTRICT")]
    public async Task Restriction_OfAReaderWhomTheDirectoryLearnsOfLater_StopsNewslettersAtTheirOtherAddress()
    {
        var host = await ScenarioHost.SharedAsync();
        var (reader, newsletter, hold) = (DataSubject.Stranger(host).Address, SentNewsletters.FreshName(), $"r-{Guid.NewGuid():N}");
        await RestrictAsync(host, reader, hold, null);
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await SmallCompany.ShareAsync(host, reader, id);
        await host.SubscribeAsync(person.Address, newsletter);

        await host.FireAsync("RenewHoldLinks");
        await host.UntilAsync(async () => await LinksAsync(host, hold) == 2); // by the person's id and their other address
        Assert.Equal((0, 1, 0, 0), await host.CountsAsync(await host.OrderAsync(newsletter, "Not now")));
        await host.OperateAsync("holds/release", new { email = reader, id = hold });
        Assert.Equal((1, 0, 0, 0), await host.CountsAsync(await host.OrderAsync(newsletter, "Again")));
    }

    /// <summary>A wrong entry of the company's directory must not make a restriction of nothing.</summary>
    [Fact]
    [Clause("R-RESTRICT")]
    public async Task Restriction_OnAnAddressWithAnUnusableEntry_IsInForce()
    {
        var host = await ScenarioHost.SharedAsync();
        var (reader, newsletter) = (DataSubject.Stranger(host).Address, SentNewsletters.FreshName());
        await SmallCompany.ShareAsync(host, reader, "q 1");
        await RestrictAsync(host, reader, $"r-{Guid.NewGuid():N}", "newsletter-subscriptions");
        await host.SubscribeAsync(reader, newsletter);

        Assert.Equal((0, 1, 0, 0), await host.CountsAsync(await host.OrderAsync(newsletter, "News")));
    }

    [Fact]
    [Clause("R-ERASE")]
    [Clause("K-EXTEND")]
    public async Task Release_OfAHoldThatKeptSomethingFromAnErasure_GoesOnWithItOnce()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var second = await SmallCompany.AddAddressAsync(host, id);
        await HoldAsync(host, second.Address, "h-1", "legal", "profiles", "2100-01-31");
        await HoldAsync(host, second.Address, "h-2", "legal", "payments", "2100-01-31");
        var reference = await person.AskToEraseAsync();
        await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, view => view.Status() == "closed");
        Assert.Equal(1, await host.RowsAsync("companyProfiles", id));

        Assert.Empty(await ReleaseAsync(host, second.Address, "h-2")); // it kept nothing

        // They came back meanwhile: what they asked then says nothing of that.
        var newsletter = SentNewsletters.FreshName();
        await host.SubscribeAsync(person.Address, newsletter);
        var resumed = Assert.Single(await ReleaseAsync(host, second.Address, "h-1"));
        Assert.NotEqual(reference, resumed);
        Assert.Equal([resumed], await ReleaseAsync(host, second.Address, "h-1")); // repeated, it is the same case
        Assert.Equal("local-operator", (await host.CaseAsync(resumed)).ActorOf("erasure-resumed"));

        var plan = await host.ApproveWaitingPlanAsync(resumed);
        Assert.Equal(["profiles"], plan.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("dataSet").GetString()));
        var view = await host.UntilAsync(resumed, found => found.Status() == "closed");
        Assert.Equal("erased", view.Outcome());
        Assert.DoesNotContain("confirmation-asked", view.Facts());
        Assert.Equal(0, await host.RowsAsync("companyProfiles", id));
        Assert.Equal("sent", await host.MessageAsync(person.Address, $"newsletter:{newsletter}", "Still wanted"));
        var told = (await host.Outbox.AllAsync(person.Address, ErasureMails.Done))[^1];
        Assert.Contains($"(reference {reference}), and we had to keep some of it", told.Text!);
        Assert.Equal([resumed], await ReleaseAsync(host, second.Address, "h-1")); // nor after its end
        Assert.Equal(4, (await host.Outbox.AllAsync(person.Address)).Count); // to confirm, erased, erased, the newsletter
    }

    [Fact]
    [Clause("R-ERASE")]
    public async Task Release_WhenTheMailboxIsSomebodyElsesByNow_TouchesNothingAndSaysSo()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await HoldAsync(host, person.Address, "h-1", "legal", "profiles", "2100-01-31");
        var reference = await person.AskToEraseAsync();
        await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, view => view.Status() == "closed");
        await SmallCompany.ShareAsync(host, person.Address, $"other-{Guid.NewGuid():N}");

        using var answer = await host.PostAsOperatorAsync("api/operator/holds/release", new { email = person.Address, id = "h-1" });
        var released = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal((0, reference), (released.GetProperty("resumed").GetArrayLength(), released.GetProperty("toBeAsked")[0].GetString()));
        Assert.Equal(1, await host.RowsAsync("companyProfiles", id));
    }

    [LocalFact("moves its clock", typeof(HoldOnAnyHostTests))]
    [Clause("K-EXTEND")]
    public async Task ReviewOfAHold_IsRemindedOfOnTheDayAndEachWeekUntilSomebodyLooks()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        var day = DateOnly.FromDateTime((await host.NowAsync()).UtcDateTime).AddDays(3);
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        await HoldAsync(host, person.Address, "h-1", "legal", "profiles", $"{day:yyyy-MM-dd}");
        await HoldAsync(host, person.Address, "h-2", "restriction", null, $"{day.AddDays(1):yyyy-MM-dd}");

        await host.PassToAsync(Noon(day.AddDays(-1)));
        Assert.Empty(await host.Outbox.AllAsync(ErasureMails.Officer));
        await host.PassToAsync(Noon(day.AddDays(2)));
        var told = await host.Outbox.AllAsync(ErasureMails.Officer, Review);
        Assert.Equal(2, told.Count);
        Assert.Contains("h-1 (legal), profiles. Ground: A claim is pending. Owner: legal-team.", told[0].Text!);
        Assert.DoesNotContain("h-2", told[0].Text!);
        Assert.Contains("h-2 (restriction), all data sets.", told[1].Text!);
        Assert.DoesNotContain(person.Address, told[0].Text! + told[1].Text);

        await HoldAsync(host, person.Address, "h-2", "restriction", null, "2100-01-31");
        await host.PassToAsync(Noon(day.AddDays(9)));
        Assert.Equal(3, (await host.Outbox.AllAsync(ErasureMails.Officer, Review)).Count); // h-1 again
        await host.OperateAsync("holds/release", new { email = person.Address, id = "h-1" });
        await host.PassToAsync(Noon(day.AddDays(20)));
        Assert.Equal(3, (await host.Outbox.AllAsync(ErasureMails.Officer, Review)).Count);
    }

    private static DateTimeOffset Noon(DateOnly day) => new(day, new(12, 0), TimeSpan.Zero);

    private static async Task<int> LinksAsync(ScenarioHost host, string hold) =>
        await new TableClient(host.Storage, "privacyHolds").QueryAsync<TableEntity>(select: ["PartitionKey", "RowKey"])
            .CountAsync(row => row.PartitionKey.StartsWith("held-", StringComparison.Ordinal)
                && row.RowKey.EndsWith($".{hold}", StringComparison.Ordinal));

    private static Task RestrictAsync(ScenarioHost host, string email, string id, string? dataSet) =>
        HoldAsync(host, email, id, "restriction", dataSet, "2100-01-31");

    private static Task HoldAsync(ScenarioHost host, string email, string id, string kind, string? dataSet, string reviewOn) =>
        host.OperateAsync(
            "holds", new { email, id, kind, dataSet = dataSet ?? "", ground = "A claim is pending.", owner = "legal-team", reviewOn });

    private static async Task<IReadOnlyList<string>> ReleaseAsync(ScenarioHost host, string email, string id)
    {
        using var answer = await host.PostAsOperatorAsync("api/operator/holds/release", new { email, id });
        Assert.True(answer.IsSuccessStatusCode);
        var released = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return [.. released.GetProperty("resumed").EnumerateArray().Select(item => item.GetString()!)];
    }
}
