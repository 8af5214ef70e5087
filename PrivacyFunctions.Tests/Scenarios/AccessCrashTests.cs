using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>The whole way of an access request, whose host dies at each step; other deaths are in <see cref="CrashTests"/>.</summary>
[Clause("R-ACCESS")]
public class AccessCrashTests
{
    private static readonly TimeSpan UntilTakenUp = TimeSpan.FromMinutes(2);

    [LocalFact]
    public async Task Access_HostKilledAtEveryStep_IsDeliveredOnceWithAnUnbrokenChain()
    {
        await using var host = await MortalHost.StartAsync(crashAt: "before:start", nights: false);
        var person = new DataSubject(host, SamplePeople.OtherScript);
        const string Key = "the submission that the browser repeats";

        // Stored, but not started: the one-minute timer takes it up. Its mail goes out, and the host dies before it knows.
        await host.DiesDuringAsync(() => person.AskAsync(Key));
        await host.RunAsync(crashAt: "after:AdmitRequest");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        await host.RunUntilItDiesAsync("after:AskForConfirmation");

        // Confirmed, but not woken. Then the host dies at each step of the answer, and goes on by itself after each start.
        await host.RunAsync(crashAt: "before:wake");
        await host.DiesDuringAsync(() => person.ConfirmAsync());
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
}
