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
