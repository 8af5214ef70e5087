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
    public async Task Access_HostKilledAtNineSteps_IsDeliveredOnceWithAnUnbrokenChain()
    {
        await using var host = await LocalHostProcess.StartAsync(crashAt: "before:start");
        var person = new DataSubject(host, SamplePeople.OtherScript);
        const string Key = "the submission that the browser repeats";

        // Stored, but not started: the one-minute timer takes it up. Its mail goes out, and the host dies before it knows.
        await host.DiesDuringAsync(() => person.AskAsync(Key));
        await host.RunAsync(crashAt: "after:AskForConfirmation");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));

        // Confirmed, but not woken. Then the host dies at each step of the answer, and goes on by itself after each start.
        await host.RunAsync(crashAt: "before:wake");
        await host.DiesDuringAsync(person.ConfirmAsync);
        await host.RunAsync(crashAt: "after:GatherDataSet");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        foreach (var point in new[] { "before:PackageExport", "after:PackageExport", "after:OfferExport", "after:SendExportLink" })
            await host.RunUntilItDiesAsync(point);

        await host.RunAsync(crashAt: "after:DeleteExport");
        Assert.Contains("Ελένη Παπαδοπούλου", (await person.DownloadAsync()).Html);
        await host.DiesDuringAsync(() => host.PassAsync(TimeSpan.FromDays(14)));
        await host.RunAsync();

        // The person who repeats the submission finds the same case.
        var view = await host.UntilAsync(await person.AskAsync(Key), found => found.Status() == "closed");
        Assert.Equal(
            ["received", "confirmation-asked", "confirmed", "gathered", "export-offered", "export-opened", "export-deleted", "closed"],
            view.Facts());
        Assert.True(view.ChainIsIntact());
        Assert.Single(await host.Outbox.AllAsync(person.Address, Mails.Confirm));
        Assert.Single(await host.Outbox.AllAsync(person.Address, Mails.Ready));
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
