using System.Net;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>The host dies between what is noted of a transmission and its mails: each of them comes once.</summary>
[Clause("R-PORT")]
public class PortabilityTransmissionCrashTests
{
    private const int Away = 503;

    private static readonly TimeSpan UntilTakenUp = TimeSpan.FromMinutes(2);

    [LocalFact]
    public async Task Transmission_HostKilledBeforeEachOfItsMails_IsMadeGood()
    {
        await using var host = await MortalHost.StartAsync(seeded: false, nights: false);
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.GetReadyAsync();
        var (page, bank) = (await person.TransmissionPageAsync(), Transmitting.FreshMailbox());

        await host.RefuseMailsAsync(next: 100, Away);
        using (var answer = await host.NameControllerAsync(page, bank)) Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await host.KillAsync();
        await host.RunAsync();
        await host.PassAsync(UntilTakenUp);
        var link = DataSubject.LinkIn(await host.Outbox.ReceiveAsync(bank, Transmitting.Offered));
        using (var again = await host.NameControllerAsync(page, bank)) Assert.Equal(HttpStatusCode.OK, again.StatusCode);

        await host.RefuseMailsAsync(next: 100, Away);
        await host.FetchAsync(link);
        await host.KillAsync();
        await host.RunAsync(crashAt: "after:DeleteExport");
        await host.PassAsync(UntilTakenUp);
        await host.Outbox.ReceiveAsync(person.Address, Transmitting.HandedOver);
        await host.TransmitAsync(await person.TransmissionPageAsync(), Transmitting.FreshMailbox());
        await host.DiesDuringAsync(() => host.PassAsync(TimeSpan.FromDays(14)));
        await host.RunAsync();

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(
            ["transmission-asked", "transmission-handed-over", "export-opened", "transmission-asked", "export-deleted", "closed"], view.Facts().TakeLast(6));
        Assert.True(view.ChainIsIntact());
        Assert.Single(await host.Outbox.AllAsync(bank, Transmitting.Offered));
        Assert.Single(await host.Outbox.AllAsync(person.Address, Transmitting.HandedOver));
        Assert.Single(await host.Outbox.AllAsync(person.Address, Transmitting.NotFetched));
    }
}
