using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A request that is withdrawn while its host dies: it is closed, told once, and the mailbox is forgotten.</summary>
[Clause("L9")]
public class WithdrawalCrashTests
{
    [LocalFact]
    public async Task Withdrawal_HostKilledAtItsSteps_IsToldOnceAndForgotten()
    {
        await using var host = await MortalHost.StartAsync(crashAt: "before:wake", nights: false);
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        var text = (await host.Outbox.ReceiveAsync(person.Address, Mails.Confirm)).Text!;
        var page = text[text.IndexOf("/requests/case/", StringComparison.Ordinal)..].Split('\n')[0].Trim().TrimStart('/');
        await host.DiesDuringAsync(() => person.PostAsync($"{page}/withdrawal"));
        await host.RunAsync(crashAt: "after:CloseCase");
        await host.DiesDuringAsync(() => host.PassAsync(TimeSpan.FromMinutes(2)));
        await host.RunAsync();
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        await host.UntilAsync(async () => await host.RowsAsync("privacyContacts", reference) == 0);
        Assert.Equal(["received", "confirmation-asked", "closed"], view.Facts());
        Assert.Single(await host.Outbox.AllAsync(person.Address, "Your request is withdrawn"));
    }
}
