using System.Net;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>
/// Somebody else has come to have the mailbox with which a person had asked, as the company's directory says: what the person asked for
/// reaches nothing of theirs, and they are told and given nothing of the person's.
/// </summary>
[Clause("C-SECURE")]
public class HeirOfAMailboxTests
{
    private const string Cannot = "A person cannot be sent their data";

    [Fact]
    [Clause("R-ERASE")]
    public async Task Erasure_OfSomebodyWhoseMailboxIsAnothersNow_LeavesWhatIsTheOthersAndIsToldToTheOfficerAlone()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var second = await SmallCompany.AddAddressAsync(host, id);
        var reference = await person.AskToEraseAsync();
        await host.WaitingPlanAsync(reference);
        await HandOverAsync(host, person, id);
        await host.SubscribeAsync(person.Address, SentNewsletters.FreshName());
        while ((await host.UntilAsync(reference, view => view.Status() is "awaitingApproval" or "erased")).Status() != "erased")
            await host.ApproveWaitingPlanAsync(reference);

        var key = KeyPath.Encode(EmailAddress.Parse(person.Address));
        Assert.Equal(
            (0, 1, 1),
            (await host.RowsAsync("companyProfiles", id), await host.RowsAsync("companyDirectory", key), await host.RowsAsync("companyNewsletters", key)));
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, "A person cannot be told what was erased", about: [reference]);
        foreach (var mailbox in new[] { person, second }) Assert.Empty(await host.Outbox.AllAsync(mailbox.Address, ErasureMails.Done));
    }

    [LocalFact("moves its clock", typeof(ErasureOnAnyHostTests))]
    [Clause("R-ERASE")]
    public async Task Erasure_WhoseMailboxWentBeforeItCouldBegin_IsLookedAtByAPersonAndErasesNobody()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskAsync(right: "erasure");
        await ConfirmPausedAsync(host, person, reference);
        var heir = await HandOverAsync(host, person, id);
        await host.OperateAsync($"cases/{reference}/resume", new { });

        await host.PassAsync(TimeSpan.FromHours(1));
        var view = await host.CaseAsync(reference);
        Assert.Equal(["CaptureIdentifiers"], view.Attention());
        Assert.DoesNotContain("identifiers-captured", view.Facts());
        Assert.Equal((1, 1), (await host.RowsAsync("companyProfiles", id), await host.RowsAsync("companyProfiles", heir)));
    }

    [Fact]
    [Clause("R-ACCESS")]
    public async Task Package_OfSomebodyWhoseMailboxIsAnothersNow_CannotBeFetched()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var link = await person.BeOfferedAsync();
        var export = await person.OpenLinkAsync(link);
        await HandOverAsync(host, person, id);

        foreach (var answer in new[] { await host.App.GetAsync(export), await host.App.GetAsync(link), await person.PostAsync($"{link}/code") })
            using (answer)
                Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
    }

    [Fact]
    [Clause("R-ACCESS")]
    public async Task Package_ThatIsMadeWhenItsMailboxIsAnothers_IsOfferedToNobody()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskAsync();
        await ConfirmPausedAsync(host, person, reference);
        await HandOverAsync(host, person, id);
        await host.OperateAsync($"cases/{reference}/resume", new { });

        await host.Outbox.ReceiveAsync(ErasureMails.Officer, Cannot, about: [reference]);
        Assert.Empty(await host.Outbox.AllAsync(person.Address, Mails.Ready));
        var gathered = (await host.CaseAsync(reference)).GetProperty("audit").EnumerateArray()
            .Select(row => row.GetProperty("entry").GetProperty("fact"))
            .Single(fact => fact.GetProperty("fact").GetString() == "gathered");
        Assert.Equal(0, gathered.GetProperty("records").GetInt64());
    }

    [Fact]
    [Clause("R-ACCESS")]
    public async Task Copy_ForWhoeverHasTheMailboxNow_TellsNothingOfTheRequestsAndHoldsOfThePersonBefore()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var before = await person.AskAsync();
        await person.ConfirmAsync();
        var own = (await person.DownloadAsync()).Everything;
        foreach (var hold in new[] { "claim-about-a-lawnmower", "claim-about-a-greenhouse" })
            await host.OperateAsync("holds", new
            {
                email = person.Address, id = hold, kind = "legal", ground = "A claim.", owner = "legal-team", reviewOn = "2100-01-31",
            });
        await host.OperateAsync("holds/release", new { email = person.Address, id = "claim-about-a-greenhouse" });
        await host.FireAsync("RenewHoldLinks"); // nothing leads to the released one any more
        Assert.Contains("greenhouse", (await new DataSubject(host, person.Address).ReceiveEverythingAsync()).Everything, StringComparison.Ordinal);
        await HandOverAsync(host, person, id);

        var theirs = (await new DataSubject(host, person.Address).ReceiveEverythingAsync()).Everything;
        Assert.Contains(person.Address, own, StringComparison.Ordinal);
        Assert.Contains(person.Address, theirs, StringComparison.Ordinal);
        Assert.DoesNotContain(before, theirs, StringComparison.Ordinal);
        Assert.DoesNotContain("lawnmower", theirs, StringComparison.Ordinal);
        Assert.DoesNotContain("greenhouse", theirs, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("restriction", "accuracy", null, Mails.Confirm, "restricted")]
    [InlineData(Objecting.Right, null, Objecting.Reasons, Objecting.Asks, "awaitingDecision")]
    [Clause("R-RESTRICT")]
    [Clause("R-OBJECT")]
    public async Task Use_OfTheDataOfWhoeverHasTheMailboxNow_IsNotStoppedByWhatThePersonBeforeAskedFor(
        string right, string? ground, string? text, string asks, string status)
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var second = await SmallCompany.AddAddressAsync(host, id);
        var reference = await person.AskAsync(right: right, ground: ground, text: text);
        await person.ConfirmAsync(asks);
        await host.UntilAsync(reference, view => view.Status() == status);
        Assert.NotEmpty((await host.AskUseAsync(person.Address)).NotUsed);
        await HandOverAsync(host, person, id);

        Assert.Empty((await host.AskUseAsync(person.Address)).NotUsed);
        Assert.NotEmpty((await host.AskUseAsync(second.Address)).NotUsed);
    }

    [Fact]
    [Clause("R-RECTIFY")]
    public async Task Corrections_OfSomebodyWhoseMailboxIsAnothersNow_AreNotTakenFromTheOther()
    {
        var host = await ScenarioHost.SharedAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var (_, page) = await person.LookThroughAsync();
        await HandOverAsync(host, person, id);

        using var shown = await host.App.GetAsync(page);
        using var sent = await person.PostAsync(page, new { also = "My name is wrong." });
        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Gone), (shown.StatusCode, sent.StatusCode));
    }

    // While it is paused nothing of it happens, so that the mailbox can go in between.
    private static async Task ConfirmPausedAsync(ScenarioHost host, DataSubject person, string reference)
    {
        await person.LinkAsync(Mails.Confirm);
        await host.OperateAsync($"cases/{reference}/pause", new { });
        await person.ConfirmAsync();
    }

    private static async Task<string> HandOverAsync(ScenarioHost host, DataSubject person, string id)
    {
        var heir = (await SmallCompany.JoinAsPersonAsync(host)).Id;
        await SmallCompany.LeaveAsync(host, person.Address, id);
        await SmallCompany.ShareAsync(host, person.Address, heir);
        return heir;
    }
}
