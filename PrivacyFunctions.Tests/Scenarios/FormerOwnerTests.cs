using System.Net;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>An account ends whose owner no mail of ours reaches: the Data Protection Officer is asked to, and nobody else is written to.</summary>
[Clause("T-KEEP")]
public class FormerOwnerTests
{
    private const string CannotTell = "The owner of an account could not be told";

    [Fact]
    [Clause("C-SECURE")]
    public async Task Owner_WhoseMailboxIsAnothersBeforeTheEnd_IsNotToldThere()
    {
        var host = await ScenarioHost.SharedAsync();
        var owners = await SmallCompany.JoinAsync(host, 2);
        var (owner, other) = (owners[0], owners[1]);
        var reference = (await owner.BeEndedAsync()).Reference;
        await host.Outbox.ReceiveAsync(owner.Address, TerminationMails.Ends);
        await host.UntilAsync(reference, found => found.Facts().Contains("export-offered"));
        await SmallCompany.LeaveAsync(host, owner.Address, owner.PersonId);
        await SmallCompany.ShareAsync(host, owner.Address, other.PersonId);

        await host.OperateAsync($"cases/{reference}/undo", new { });
        var told = await host.Outbox.ReceiveAsync(ErasureMails.Officer, CannotTell, about: [reference]);
        Assert.Contains("mailbox has come to somebody else", told.Text!.ReplaceLineEndings(" "), StringComparison.Ordinal);
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Empty(await host.Outbox.AllAsync(owner.Address, TerminationMails.GoesOn));
    }

    [Fact]
    public async Task End_ThatWasUndone_IsNotAnsweredAsIfItCameWhenItIsEnteredOnceMore()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        var decision = new { account = owner.Account, submission = "decision-1" };
        var first = await host.CallAsync(HttpMethod.Post, "api/operator/terminations", decision);
        Assert.Equal(HttpStatusCode.Accepted, first.Status);
        var reference = first.Body.GetProperty("reference").GetString()!;
        Assert.Equal(HttpStatusCode.Accepted, (await host.CallAsync(HttpMethod.Post, "api/operator/terminations", decision)).Status);
        await host.UntilAsync(reference, found => found.Facts().Contains("export-offered"));
        await host.OperateAsync($"cases/{reference}/undo", new { });

        var (status, problem) = await host.CallAsync(HttpMethod.Post, "api/operator/terminations", decision);
        Assert.Equal((HttpStatusCode.Conflict, "This end was undone"), (status, problem.GetProperty("title").GetString()));
        Assert.Equal(HttpStatusCode.Accepted, (await host.CallAsync(HttpMethod.Post, "api/operator/terminations", new { account = owner.Account, submission = "decision-2" })).Status);
    }

    [Fact]
    public async Task Owner_OfWhomNoMailboxIsKnown_IsLeftToTheOfficer()
    {
        var host = await ScenarioHost.SharedAsync();
        var owner = (await SmallCompany.JoinAsync(host, 1))[0];
        await SmallCompany.LeaveAsync(host, owner.Address, owner.PersonId);

        var reference = (await owner.BeEndedAsync()).Reference;
        var told = await host.Outbox.ReceiveAsync(ErasureMails.Officer, CannotTell, about: [reference]);
        Assert.Contains($"The account {owner.Account} has ended", told.Text, StringComparison.Ordinal);
        Assert.Empty(await host.Outbox.AllAsync(owner.Address));
    }
}
