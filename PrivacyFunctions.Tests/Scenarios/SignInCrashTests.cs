using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A request with a sign-in, whose host dies on the way: the sign-in counts once, for that request.</summary>
[Clause("L9")]
public class SignInCrashTests
{
    [LocalFact]
    public async Task SignIn_HostKilledBetweenStoringAndStarting_CountsOnceForThatRequest()
    {
        await using var host = await MortalHost.StartAsync(crashAt: "before:start", seeded: false, nights: false);
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var token = await host.TokenAsync(person.Address, id);
        await host.DiesDuringAsync(() => host.AskSignedInAsync(person.Address, token, "erasure"));

        await host.RunAsync(crashAt: "before:AdmitRequest");
        await host.DiesDuringAsync(() => host.PassAsync(TimeSpan.FromMinutes(2)));
        await host.RunUntilItDiesAsync("after:AdmitRequest");
        await host.RunAsync();

        // Whoever got no answer sends it again, and whoever took the token down sends something else.
        var again = await host.AskSignedInAsync(person.Address, token, "erasure", submission: "again");
        var other = await host.AskSignedInAsync(person.Address, token, "access");
        Assert.Equal((true, false), (again.IsBySignIn(), other.IsBySignIn()));
        await host.ApproveWaitingPlanAsync(again.Reference());
        var view = await host.UntilAsync(again.Reference(), found => found.Status() == "closed");
        Assert.True(view.ChainIsIntact());
        Assert.Single(await host.Outbox.AllAsync(person.Address, "We have your request"));
        Assert.Equal([other.Reference()], (await host.Outbox.AllAsync(person.Address, Mails.Confirm)).Select(mail => mail.Text!.Split("Reference: ")[1][..32]));
        Assert.False(await RecordsLook.HoldAsync(host.Storage, token));
    }
}
