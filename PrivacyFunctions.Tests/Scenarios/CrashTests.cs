using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A host that dies by SIGKILL between any two steps loses nothing and does nothing twice that counts.</summary>
[Clause("R-ACCESS")]
public class CrashTests
{
    private static readonly TimeSpan UntilTakenUp = TimeSpan.FromMinutes(2);

    [LocalFact]
    public async Task Access_HostKilledAtEveryStep_IsDeliveredOnceWithAnUnbrokenChain()
    {
        await using var host = await LocalHostProcess.StartAsync(crashAt: "before:start");
        var person = new DataSubject(host, SamplePeople.OtherScript);
        const string Key = "the submission that the browser repeats";

        // Stored, but not started: the one-minute timer takes it up. Its mail goes out, and the host dies before it knows.
        await host.DiesDuringAsync(() => person.AskAsync(Key));
        await host.RunAsync(crashAt: "after:AdmitRequest");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        await host.RunUntilItDiesAsync("after:AskForConfirmation");

        // Confirmed, but not woken. Then the host dies at each step of the answer, and goes on by itself after each start.
        await host.RunAsync(crashAt: "before:wake");
        await host.DiesDuringAsync(person.ConfirmAsync);
        await host.RunAsync(crashAt: "after:wake");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        foreach (var point in new[]
        {
            "after:ReadCaseStatus", "after:ListDataSets", "after:GatherDataSet",
            "before:PackageExport", "after:PackageExport", "after:OfferExport", "after:SendExportLink",
        })
            await host.RunUntilItDiesAsync(point);

        await host.RunAsync(crashAt: "after:DeleteExport");
        Assert.Contains("Ελένη Παπαδοπούλου", (await person.DownloadAsync()).Html);
        var reference = await person.AskAsync(Key); // repeated, it is the same case
        await host.DiesDuringAsync(() => host.PassAsync(TimeSpan.FromDays(14)));
        await host.RunUntilItDiesAsync("after:CloseCase");
        await host.RunAsync();

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(
            ["received", "confirmation-asked", "confirmed", "gathered", "export-offered", "export-opened", "export-deleted", "closed"],
            view.Facts());
        Assert.True(view.ChainIsIntact());
        Assert.Single(await host.Outbox.AllAsync(person.Address, Mails.Confirm));
        Assert.Single(await host.Outbox.AllAsync(person.Address, Mails.Ready));
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, person.Address));
    }

    [LocalFact]
    [Clause("L9")]
    public async Task Unconfirmed_HostKilledAtEveryStep_IsToldOnceAndForgotten()
    {
        await using var host = await LocalHostProcess.StartAsync(crashAt: "after:start");
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
        await using var host = await LocalHostProcess.StartAsync();
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
        await using var host = await LocalHostProcess.StartAsync();
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
