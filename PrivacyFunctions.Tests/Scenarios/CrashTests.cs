using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A host that dies by SIGKILL between any two steps loses nothing and does nothing twice that counts.</summary>
[Clause("R-ACCESS")]
public class CrashTests
{
    [LocalFact]
    [Clause("L9")]
    public async Task Unconfirmed_HostKilledAtEveryStep_IsToldOnceAndForgotten()
    {
        await using var host = await LocalHostProcess.StartAsync(crashAt: "after:start", seeded: false, nights: false);
        var person = DataSubject.Stranger(host);
        await host.DiesDuringAsync(() => person.AskAsync("key"));
        await host.RunAsync(crashAt: "after:TellNotIdentified");
        var reference = await person.AskAsync("key");
        await person.LinkAsync(Mails.Confirm);
        await host.DiesDuringAsync(() => host.PassAsync(TimeSpan.FromDays(14)));
        await host.RunAsync(crashAt: "after:CloseCase");
        await host.DiesDuringAsync(() => host.PassAsync(TimeSpan.FromDays(30)));
        await host.RunAsync();

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(["received", "confirmation-asked", "not-identified", "closed"], view.Facts());
        Assert.Single(await host.Outbox.AllAsync(person.Address, Mails.NotIdentified));
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, person.Address));
    }

    [LocalFact]
    public async Task FourthRequestOfADay_HostKilledWhileItIsLinked_IsClosedWithoutATrace()
    {
        await using var host = await LocalHostProcess.StartAsync(seeded: false, nights: false);
        var person = DataSubject.Stranger(host);
        for (var sent = 1; sent <= 3; sent++)
        {
            await person.AskAsync();
            await host.UntilAsync(async () => (await host.Outbox.AllAsync(person.Address)).Count == sent); // in the mailbox, not only asked
        }

        await host.KillAsync();
        await host.RunAsync(crashAt: "after:AdmitRequest");
        await host.DiesDuringAsync(async () =>
        {
            var reference = await person.AskAsync("the fourth");
            await host.UntilAsync(reference, _ => false);
        });
        await host.RunAsync();

        var view = await host.UntilAsync(await person.AskAsync("the fourth"), found => found.Status() == "closed");
        Assert.Equal(["received", "linked-to-open-case"], view.Facts());
        Assert.Equal(3, (await host.Outbox.AllAsync(person.Address)).Count);
        Assert.Equal(3, await RecordsLook.CountAsync(host.Storage, person.Address)); // the contacts of the three open cases
    }

    [LocalFact]
    public async Task Access_HostKilledAndRestarted_FindsWaitingCasesWhereTheyWere()
    {
        await using var host = await LocalHostProcess.StartAsync(seeded: false, nights: false);
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        await person.LinkAsync(Mails.Confirm);

        await host.KillAsync();
        await host.RunAsync();

        Assert.Equal("awaitingConfirmation", (await host.CaseAsync(reference)).Status());
        await host.PassAsync(TimeSpan.FromDays(14));
        Assert.Equal("notIdentified", (await host.CaseAsync(reference)).Status());
    }
}
