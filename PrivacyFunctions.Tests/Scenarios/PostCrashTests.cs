using System.Net;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A letter of somebody without an e-mail address, whose host dies between any two writes: it is one case, answered once, and its address is forgotten.</summary>
[Clause("L1")]
[Clause("R-EVERYONE")]
public class PostCrashTests
{
    private static readonly TimeSpan UntilTakenUp = TimeSpan.FromMinutes(2);

    [LocalFact]
    public async Task Letter_HostKilledAtEveryStep_IsAnsweredOnceAndItsAddressForgotten()
    {
        await using var host = await MortalHost.StartAsync("before:start", new DateOnly(2026, 3, 24), seeded: false, nights: false);
        await host.DiesDuringAsync(() => EnterAsync());
        await host.RunAsync(crashAt: "after:ReadCaseStatus");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        await host.RunAsync(crashAt: "before:wake");
        var reference = await EnterAsync();
        await host.DiesDuringAsync(() => host.AnswerByPostAsync(reference, new { answer = "answered", postedOn = "2026-03-24" }));
        await host.RunAsync(crashAt: "before:ForgetPostalAddress");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        foreach (var point in new[] { "after:ForgetPostalAddress", "after:CloseCase" }) await host.RunUntilItDiesAsync(point);
        await host.RunAsync();

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(["received", "postal-request-entered", "answered-by-post", "closed"], view.Facts());
        Assert.True(view.ChainIsIntact());
        Assert.Equal(reference, await EnterAsync());
        Assert.Equal(0, await host.RowsAsync("privacyStatements", reference));

        async Task<string> EnterAsync() => (await host.EnterByPostAsync("2026-03-03", submission: "the letter")).GetProperty("reference").GetString()!;
    }

    // The ordinary request is entered before the letter's own case ends with it.
    [LocalFact]
    public async Task Mailbox_HostKilledBetweenTheTwoCases_IsAskedOnceAndLinked()
    {
        await using var host = await MortalHost.StartAsync(clock: new DateOnly(2026, 3, 24), seeded: false, nights: false);
        var person = DataSubject.Stranger(host);
        var reference = (await host.EnterByPostAsync("2026-03-03")).GetProperty("reference").GetString()!;
        await host.KillAsync();
        await host.RunAsync(crashAt: "after:start");
        await host.DiesDuringAsync(() => host.GoOnByMailAsync(reference, new { email = person.Address, emailAgain = person.Address }));
        await host.RunAsync();

        var (_, goesOn) = await host.GoOnByMailAsync(reference, new { email = person.Address, emailAgain = person.Address });
        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(["received", "postal-request-entered", "postal-request-goes-on", "closed"], view.Facts());
        var other = goesOn.GetProperty("goesOnAs").GetString()!;
        await host.UntilAsync(other, found => found.Facts().Contains("confirmation-asked"));
        await host.Outbox.ReceiveAsync(person.Address, Mails.Confirm);
        Assert.Equal("2026-04-07", (await host.CaseAsync(other)).GetProperty("case").GetProperty("due").GetProperty("on").GetString());
        Assert.Single(await host.Outbox.AllAsync(person.Address));
    }

    /// <summary>A letter ends with a request that can be answered, or is still to be answered itself.</summary>
    [LocalFact]
    public async Task Mailbox_HostKilledBetweenTheTwoCasesAndNobodyConfirmed_LeavesTheLetterOpen()
    {
        await using var host = await MortalHost.StartAsync(clock: new DateOnly(2026, 3, 24), seeded: false, nights: false);
        var person = DataSubject.Stranger(host);
        var reference = (await host.EnterByPostAsync("2026-03-23")).GetProperty("reference").GetString()!;
        await host.KillAsync();
        await host.RunAsync(crashAt: "after:start");
        await host.DiesDuringAsync(() => host.GoOnByMailAsync(reference, new { email = person.Address, emailAgain = person.Address }));
        await host.RunAsync();
        await host.Outbox.ReceiveAsync(person.Address, Mails.Confirm);
        await host.PassAsync(TimeSpan.FromDays(15));
        await host.Outbox.ReceiveAsync(person.Address, "We could not identify you");
        await host.PassAsync(TimeSpan.FromDays(31));
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, person.Address));

        var (late, says) = await host.GoOnByMailAsync(reference, new { email = person.Address, emailAgain = person.Address });
        Assert.True(late == HttpStatusCode.Conflict, $"{says}");
        Assert.Equal("awaitingDecision", (await host.CaseAsync(reference)).Status());
        var (status, _) = await host.GoOnByMailAsync(reference, new { email = "another@example.org", emailAgain = "another@example.org" });
        Assert.Equal(HttpStatusCode.OK, status);
    }
}
