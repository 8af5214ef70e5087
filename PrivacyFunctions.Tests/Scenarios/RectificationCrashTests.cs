using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A rectification whose host dies at each step: each value is put right, and its person is told each thing once.</summary>
[Clause("R-RECTIFY")]
public class RectificationCrashTests
{
    private static readonly TimeSpan UntilTakenUp = TimeSpan.FromMinutes(2);

    [LocalFact]
    public async Task Rectification_HostKilledAtEveryStep_IsMadeAndToldOnce()
    {
        await using var host = await MortalHost.StartAsync(crashAt: "before:wake", nights: false);
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        await host.FillAsync(person.Address, id);
        var reference = await person.AskAsync(right: Correcting.Right);
        await host.DiesDuringAsync(() => person.ConfirmAsync(Correcting.Asks));
        await host.RunAsync(crashAt: "after:OfferCorrections");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        await host.RunAsync();
        var link = await person.EnterAsync();
        var name = (await host.ValuesAsync(link)).Single(value => value.Value == Correcting.WrongName).Name;
        await host.KillAsync();

        await host.RunAsync(crashAt: "before:wake");
        await host.DiesDuringAsync(() => person.SendAsync(link, new() { [name] = "Dana Wrong", ["statement"] = "And the invoice." }));
        await host.RunAsync(crashAt: "before:CorrectData");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        await host.RunUntilItDiesAsync("after:CorrectData");
        await host.RunUntilItDiesAsync("after:AskForDecision");
        await host.RunAsync();
        await host.UntilAsync(reference, view => view.Status() == "awaitingDecision");
        await host.KillAsync();

        await host.RunAsync(crashAt: "before:wake");
        await host.DiesDuringAsync(() => host.DecideAsync(reference, "4", new { decision = "done" }));
        await host.RunAsync(crashAt: "after:TellCorrected");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        await host.RunUntilItDiesAsync("after:CloseCase");
        await host.RunAsync();

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(
            [
                "received", "confirmation-asked", "confirmed", "data-shown", "export-opened", "corrections-sent", "correction-needs-decision",
                "corrected", "corrected", "corrected", "corrected-by-hand", "closed",
            ],
            view.Steps());
        Assert.True(view.ChainIsIntact());
        Assert.Equal("Dana Wrong", await host.NameInAsync("companyProfiles", id, "profile"));
        Assert.Single(await host.Outbox.AllAsync(person.Address, Correcting.Ready));
        Assert.Single(await host.Outbox.AllAsync(person.Address, Correcting.Corrected));
        Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, Correcting.Waits));
    }
}
