using System.Diagnostics;
using System.Net;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>What becomes of the host when the worker, a process of its own, is told to end or ends.</summary>
[Clause("R-ACCESS")]
public class WorkerDeathTests
{
    [LocalFact]
    public async Task Worker_DoesNotEndWithCtrlC_AndWhenItIsKilledTheHostSaysSoEndsAndGoesOnAtTheNextStart()
    {
        await using var host = await LocalHostProcess.StartAsync(seeded: false, worker: await PublishedApp.FolderAsync());
        await SmallCompany.FoundAsync(host, 0);
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        await person.LinkAsync(Mails.Confirm);
        var worker = WorkerOf(host);

        // In a terminal Ctrl-C reaches every process; the host ends the worker when nothing runs any more.
        await SignalAsync("INT", worker);
        using (var page = await host.App.GetAsync("/")) Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.False(worker.HasExited);

        worker.Kill();
        Assert.Equal(1, await host.EndsAsync());
        Assert.Contains("start again, and everything goes on where it was", host.Output, StringComparison.Ordinal);

        await host.RunAsync();
        await person.ConfirmAsync();
        await person.DownloadAsync();
        Assert.Equal("offered", (await host.CaseAsync(reference)).Status());
    }

    // The only child of the host but for Azurite, which is node.
    private static Process WorkerOf(LocalHostProcess host) => Process.GetProcessesByName("dotnet").Single(process =>
        File.ReadAllText($"/proc/{process.Id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1] == $"{host.ProcessId}");

    private static async Task SignalAsync(string signal, Process process)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{process.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
