using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A request in another person's name, whose host dies at each step that writes to the agent: they hear all of it, once.</summary>
[Clause("L9")]
public class AgentCrashTests
{
    private static readonly TimeSpan UntilTakenUp = TimeSpan.FromMinutes(2);

    [LocalFact]
    public async Task Agent_HostKilledAtEveryMail_HearsEachOnceAndIsForgotten()
    {
        await using var host = await MortalHost.StartAsync(crashAt: "before:start", nights: false);
        var (person, agent) = (DataSubject.Stranger(host), DataSubject.Stranger(host).Address);
        await host.DiesDuringAsync(() => person.AskAsync(right: "erasure", agent: agent));
        await host.RunAsync(crashAt: "before:AskForConfirmation");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        await host.RunUntilItDiesAsync("after:AskForConfirmation");

        await host.RunAsync(crashAt: "before:wake");
        await host.DiesDuringAsync(() => person.ConfirmAsync());
        await host.RunAsync(crashAt: "after:wake");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        foreach (var point in new[] { "before:ReadCaseStatus", "after:ReadCaseStatus", "before:CloseCase", "after:CloseCase" })
            await host.RunUntilItDiesAsync(point);
        await host.RunAsync();

        const string Reference = "Reference: ";
        var told = (await host.Outbox.ReceiveAsync(agent, Mails.AgentAsked)).Text!;
        var reference = told[(told.IndexOf(Reference, StringComparison.Ordinal) + Reference.Length)..][..32];
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.True(view.ChainIsIntact());
        await host.UntilAsync(async () => await host.RowsAsync("privacyContacts", reference) == 0);
        var mails = await host.Outbox.AllAsync(agent);
        Assert.Equal([Mails.AgentAsked, Mails.AgentConfirmed, Mails.AgentAnswered], mails.OrderBy(mail => mail.Id).Select(mail => mail.Subject));
        Assert.False(await RecordsLook.HoldAsync(host.Storage, agent));
    }
}
