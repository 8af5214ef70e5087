using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>The host dies while recipients are told: each gets its notice and its mail, and the person hears of it afterwards.</summary>
[Clause("C-RECIPIENTS")]
public class RecipientCrashTests
{
    private const int Away = 503;

    [LocalFact]
    public async Task Notices_HostKilledBetweenThemAndTheirMails_AreThereOnce_AndMailedOnce()
    {
        await using var host = await MortalHost.StartAsync(seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 2);
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskToEraseAsync();
        await host.WaitingPlanAsync(reference);
        await host.Outbox.ReceiveAsync(ErasureMails.Officer, ErasureMails.PlanWaits); // no other mail is on its way

        await host.RefuseMailsAsync(next: 100, Away);
        await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, view => view.Facts().Contains("recipients-to-tell"));
        Assert.Empty(await host.Outbox.AllAsync(Notifying.Reseller));
        await host.KillAsync();
        await host.RunUntilItDiesAsync("after:TellErased");
        await host.RunAsync();

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(["recipients-to-tell", "recipient-told"], view.Facts().Where(fact => fact.StartsWith("recipient", StringComparison.Ordinal)));
        Assert.True(view.ChainIsIntact());
        Assert.Single(await host.Outbox.AllAsync(Notifying.Reseller, Notifying.Erased));
        Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, ErasureMails.Recipients));
        Assert.Single(await host.Outbox.AllAsync(person.Address, ErasureMails.Done));
        var link = await host.NoticeLinkAsync(Notifying.Reseller, Notifying.Erased, reference);
        Assert.Contains(person.Address, (await host.NoticePageAsync(link)).Body!.TextContent, StringComparison.Ordinal);
    }
}
