using System.Net;
using System.Text.Json;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A request that is taken up again after a complaint, by a host that dies before and after it began: it is taken up once.</summary>
[Clause("R-COMPLAIN")]
public class ReopeningCrashTests
{
    private static readonly TimeSpan UntilTakenUp = TimeSpan.FromMinutes(2);

    [LocalFact]
    public async Task Reopening_HostKilledAroundIt_BeginsOneRequest()
    {
        await using var host = await MortalHost.StartAsync(crashAt: null, nights: false);
        var person = DataSubject.Stranger(host);
        var earlier = await person.AskAsync();
        var page = await person.PageAsync(host, Mails.Confirm);
        using (var withdrawn = await person.PostAsync($"{page}/withdrawal")) Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        var complaint = await person.ComplainAsync("I never withdrew my request.");
        await host.UntilItWaitsAsync(complaint);
        await host.StatementAsync(complaint);
        await host.KillAsync();

        await host.RunAsync(crashAt: "before:TellFinding");
        await host.DiesDuringAsync(async () =>
        {
            Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(
                HttpMethod.Post, $"api/operator/cases/{complaint}/outcome",
                new { outcome = "upheld", explanation = "You did not.", reopens = earlier })).Status);
            await host.PassAsync(UntilTakenUp);
        });
        await host.RunUntilItDiesAsync("after:TellFinding");
        await host.RunAsync();

        await host.UntilAsync(complaint, view => view.Status() == "closed");
        var cases = (await host.CallAsync(HttpMethod.Post, "api/operator/cases/search", new { email = person.Address })).Body.GetProperty("cases");
        var again = Assert.Single(cases.EnumerateArray().Select(Reference), reference => reference != earlier && reference != complaint);
        Assert.Contains("because of a complaint", (await host.Outbox.ReceiveAsync(person.Address, Mails.Confirm, about: [again])).Text);
        Assert.Single(await host.Outbox.AllAsync(person.Address, Complaining.Decided));
        Assert.True((await host.CaseAsync(again)).ChainIsIntact());

        static string Reference(JsonElement found) => found.GetProperty("reference").GetString()!;
    }
}
