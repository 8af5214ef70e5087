using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A letter whose host dies at each step of its intake: entered again it is the same case, with the same day, and asked about once.</summary>
[Clause("L1")]
public class LetterCrashTests
{
    [LocalFact]
    public async Task Letter_HostKilledAtEveryStep_KeepsItsDayAndIsAskedAboutOnce()
    {
        await using var host = await MortalHost.StartAsync("before:start", new DateOnly(2026, 3, 24), seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 0);
        var person = DataSubject.Stranger(host);
        await host.DiesDuringAsync(() => EnterAsync());
        await host.RunAsync(crashAt: "after:AdmitRequest");
        await host.DiesDuringAsync(() => host.PassAsync(TimeSpan.FromMinutes(2)));
        foreach (var point in new[] { "before:AskForConfirmation", "after:AskForConfirmation" }) await host.RunUntilItDiesAsync(point);
        await host.RunAsync();

        var reference = await EnterAsync();
        await host.Outbox.ReceiveAsync(person.Address, Mails.Confirm);
        var view = await host.UntilAsync(reference, found => found.Facts().Contains("confirmation-asked"));
        Assert.Equal(["received", "confirmation-asked"], view.Facts());
        Assert.Equal("2026-04-07", view.GetProperty("case").GetProperty("due").GetProperty("on").GetString());
        Assert.True(view.ChainIsIntact());
        Assert.Single(await host.Outbox.AllAsync(person.Address));

        async Task<string> EnterAsync() =>
            (await host.EnterAsync(person, "2026-03-03", submission: "the letter")).GetProperty("reference").GetString()!;
    }
}
