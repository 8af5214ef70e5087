using System.Net;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A complaint whose host dies at each step: it is acknowledged, decided and told once, and its words are not lost.</summary>
[Clause("R-COMPLAIN")]
[Clause("L10")]
public class ComplaintCrashTests
{
    private static readonly TimeSpan UntilTakenUp = TimeSpan.FromMinutes(2);

    [LocalFact]
    public async Task Complaint_HostKilledAtEveryStep_IsReadDecidedAndToldOnce()
    {
        await using var host = await MortalHost.StartAsync(crashAt: "before:start", nights: false);
        var person = DataSubject.Stranger(host);
        const string Key = "the submission that the browser repeats";
        const string Words = "You lost the letter in which I asked you to stop.";

        await host.DiesDuringAsync(() => person.ComplainAsync(Words, Key));
        await host.RunAsync(crashAt: "after:AdmitRequest");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        foreach (var point in new[] { "before:AcknowledgeComplaint", "after:AcknowledgeComplaint", "after:AnnounceComplaint" })
            await host.RunUntilItDiesAsync(point);
        await host.RunAsync();
        var reference = await person.ComplainAsync(Words, Key); // repeated, it is the same case
        await host.UntilItWaitsAsync(reference);
        Assert.Equal([Words], (await host.StatementAsync(reference)).Words());
        await host.KillAsync();

        await host.RunAsync(crashAt: "before:wake");
        await host.DiesDuringAsync(() => host.DecideAsync(reference, "upheld", "We found it in the wrong folder."));
        await host.RunAsync(crashAt: "before:TellFinding");
        await host.DiesDuringAsync(() => host.PassAsync(UntilTakenUp));
        foreach (var point in new[] { "after:TellFinding", "after:CloseCase" }) await host.RunUntilItDiesAsync(point);
        await host.RunAsync();

        var view = await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal(["received", "complaint-acknowledged", "complaint-decided", "complaint-finding-told", "closed"], view.Facts());
        Assert.True(view.ChainIsIntact());
        Assert.Single(await host.Outbox.AllAsync(person.Address, Complaining.Received));
        Assert.Contains("the wrong folder", Assert.Single(await host.Outbox.AllAsync(person.Address, Complaining.Decided)).Text);
        Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, Complaining.Waits));
        Assert.Equal(HttpStatusCode.OK, (await host.DecideAsync(reference, "notUpheld", "Once more.")).Status);
        Assert.Equal(2, await host.RowsAsync("privacyStatements", reference));
        await host.UntilAsync(async () => !await RecordsLook.HoldAsync(host.Storage, person.Address));
    }
}
