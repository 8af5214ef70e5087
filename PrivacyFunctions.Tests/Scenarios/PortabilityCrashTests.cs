using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>The way of a request to take one's data along, whose host dies on it.</summary>
[Clause("R-PORT")]
public class PortabilityCrashTests
{
    private static readonly TimeSpan UntilTakenUp = TimeSpan.FromMinutes(2);

    [LocalFact]
    public async Task Portability_HostKilledOnItsWay_IsDeliveredOnceWithAnUnbrokenChain()
    {
        await using var host = await MortalHost.StartAsync(crashAt: "before:start", seeded: false, nights: false);
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.WriteAsync("companyProfiles", id, "profile", ("Name", "A given name"), ("ProductInterest", "A guess of ours"));
        const string Key = "the submission that the browser repeats";

        await host.DiesDuringAsync(() => person.AskAsync(Key, "portability"));
        await host.RunAsync(crashAt: "after:AskForConfirmation");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        await host.RunAsync(crashAt: "before:wake");
        await host.DiesDuringAsync(() => person.ConfirmAsync(PortabilityTests.Asks));
        await host.RunAsync(crashAt: "after:wake");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        foreach (var point in new[] { "after:GatherDataSet", "before:PackageExport", "after:PackageExport", "after:SendExportLink" })
            await host.RunUntilItDiesAsync(point);

        await host.RunAsync(crashAt: "after:DeleteExport");
        var package = await person.DownloadAsync(PortabilityTests.Ready);
        Assert.Contains("A given name", package.Text("data.json"), StringComparison.Ordinal);
        Assert.DoesNotContain("A guess of ours", package.Everything, StringComparison.Ordinal);
        var reference = await person.AskAsync(Key, "portability"); // repeated, it is the same case
        await host.DiesDuringAsync(() => host.PassAsync(TimeSpan.FromDays(14)));
        await host.RunAsync();

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(
            ["received", "confirmation-asked", "confirmed", "gathered", "export-offered", "export-opened", "export-deleted", "closed"],
            view.Facts());
        Assert.True(view.ChainIsIntact());
        Assert.Single(await host.Outbox.AllAsync(person.Address, PortabilityTests.Asks));
        Assert.Single(await host.Outbox.AllAsync(person.Address, PortabilityTests.Ready));
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, person.Address));
    }
}
