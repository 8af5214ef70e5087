using System.Net;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>An operator stops a workflow before it destroys anything, and lets it go on.</summary>
[Clause("T-ACTIVE")]
public class PauseTests
{
    [LocalFact("moves its clock", typeof(PauseOnAnyHostTests))]
    public async Task Termination_PausedOverItsPurgeDate_DestroysNothingUntilItGoesOn()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        var owner = (await SmallCompany.FoundAsync(host, 1))[0];
        var ended = await owner.BeEndedAsync();
        await owner.LinkAsync(TerminationMails.Export);
        var before = await owner.ItemsAsync();

        Assert.Equal(HttpStatusCode.OK, await OperateAsync(host, $"api/operator/cases/{ended.Reference}/pause"));
        Assert.Equal(HttpStatusCode.OK, await OperateAsync(host, $"api/operator/cases/{ended.Reference}/pause"));
        await host.PassToAsync(new(ended.PurgeOn.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero));
        Assert.Equal(before, await owner.ItemsAsync());
        var paused = await host.CaseAsync(ended.Reference);
        Assert.Equal(["paused by an operator"], paused.Attention());

        Assert.Equal(HttpStatusCode.OK, await OperateAsync(host, $"api/operator/cases/{ended.Reference}/resume"));
        await host.UntilAsync(async () => await owner.ItemsAsync() == 0);
        var view = await host.UntilAsync(ended.Reference, found => found.Status() == "awaitingBackups");
        Assert.True(view.ChainIsIntact());
    }

    /// <summary>Nobody's time to go on with a request runs while they do not know that they have to.</summary>
    [LocalFact]
    [Clause("L9")]
    public async Task Request_PausedOverAllItsWindows_CanBeResumedForTheWholeTimeOnceItsPersonIsTold()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false);
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        await person.LinkAsync(Mails.Confirm);
        Assert.Equal(HttpStatusCode.OK, await OperateAsync(host, $"api/operator/cases/{reference}/pause"));
        await host.PassAsync(TimeSpan.FromDays(60));
        Assert.Equal(HttpStatusCode.OK, await OperateAsync(host, $"api/operator/cases/{reference}/resume"));

        var link = await person.LinkAsync("We could not identify you");
        await host.PassAsync(TimeSpan.FromDays(29));
        var waits = await host.CaseAsync(reference);
        Assert.Equal("notIdentified", waits.Status());
        Assert.Empty(waits.Attention()); // no step has been trying to end it
        Assert.Equal(HttpStatusCode.OK, (await host.App.PostAsync(link, null)).StatusCode);
        await host.UntilAsync(reference, found => found.Status() is not "notIdentified");
    }

    [Fact]
    public async Task Pause_OfAnUnknownCase_IsRefused()
    {
        var host = await ScenarioHost.SharedAsync();
        Assert.Equal(HttpStatusCode.NotFound, await OperateAsync(host, $"api/operator/cases/{new string('0', 32)}/pause"));
    }

    private static async Task<HttpStatusCode> OperateAsync(ScenarioHost host, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        using var answer = await host.App.SendAsync(request);
        return answer.StatusCode;
    }
}
