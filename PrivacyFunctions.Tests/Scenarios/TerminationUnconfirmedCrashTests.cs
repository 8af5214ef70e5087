using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;
using static PrivacyFunctions.Tests.Scenarios.Support.TerminationCrashes;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>An end that nobody confirms, while the host dies; see <see cref="TerminationCrashTests"/>.</summary>
[Clause("T-ACTIVE")]
[Clause("T-BACKUP")]
public class TerminationUnconfirmedCrashTests
{
    [LocalFact]
    [Clause("L9")]
    public async Task NeverConfirmed_HostKilledAtEveryStep_IsToldOnceAndForgotten()
    {
        await using var host = await LocalHostProcess.StartAsync(clock: Day, seeded: false, nights: false);
        var owner = (await SmallCompany.FoundAsync(host, 1))[0];
        var reference = await owner.AskAsync();
        await host.PassAsync(Moment); // until the mail is noted as sent
        await host.KillAsync();

        await host.DiesWithinAsync("before:GiveUpWaiting", TimeSpan.FromDays(15));
        await DieAtEachAsync(
            host, "after:GiveUpWaiting", "before:TellNotConfirmed", "after:TellNotConfirmed", "before:CloseTermination",
            "after:CloseTermination");
        await host.RunAsync();

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(["termination-requested", "confirmation-asked", "not-identified", "closed"], view.Facts());
        Assert.Single(await host.Outbox.AllAsync(owner.Address, TerminationMails.GoesOn));
        Assert.Equal(Everything, await owner.ItemsAsync());
        await LeavesNothingAsync(host, owner);
    }
}
