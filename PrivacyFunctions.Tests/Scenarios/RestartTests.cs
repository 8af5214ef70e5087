using System.Net;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Scenarios.AnyHost;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A workflow that ended in the middle begins again where its case stands: nothing is lost, and nobody hears anything twice.</summary>
public class RestartTests
{
    [LocalFact("ends workflows", typeof(AccessOnAnyHostTests))]
    [Clause("R-ACCESS")]
    public async Task Access_BegunAgainBeforeTheConfirmationAndAfterTheOffer_IsAnsweredOnce()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskAsync();
        await person.LinkAsync(Mails.Confirm);
        await BeginAgainAsync(host, CaseKind.Access, reference);

        await person.ConfirmAsync();
        await host.UntilAsync(reference, found => found.Status() == "offered");
        var ready = await person.LinkAsync(Mails.Ready);
        await BeginAgainAsync(host, CaseKind.Access, reference);
        Assert.Contains("csv/profiles.csv", (await person.FetchAsync(ready)).Names);

        await host.PassAsync(TimeSpan.FromDays(15));
        var view = await host.CaseAsync(reference);
        Assert.Equal(("closed", "answered"), (view.Status(), view.Outcome()));
        Assert.Single(await host.Outbox.AllAsync(person.Address, Mails.Confirm));
        Assert.Single(await host.Outbox.AllAsync(person.Address, Mails.Ready));
    }

    [LocalFact("ends workflows", typeof(ErasureOnAnyHostTests))]
    [Clause("R-ERASE")]
    public async Task Erasure_WhosePlanWasApprovedMeanwhile_IsCarriedOut()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var (person, id) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskToEraseAsync();
        var plan = await host.WaitingPlanAsync(reference);
        await host.EndWorkflowAsync(InstanceOf(CaseKind.Erasure, reference));
        using (var approved = await host.ApproveAsync(reference, new { hash = plan.Hash() })) Assert.Equal(HttpStatusCode.OK, approved.StatusCode);
        await host.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal("approved", (await host.CaseAsync(reference)).Status());

        await host.OperateAsync($"cases/{reference}/restart", new { });

        Assert.Equal("erased", (await host.UntilAsync(reference, found => found.Status() == "closed")).Outcome());
        Assert.Equal(0, await host.RowsAsync("companyProfiles", id));
        Assert.Single(await host.Outbox.AllAsync(person.Address, ErasureMails.Done));
        Assert.Single(await host.Outbox.AllAsync(ErasureMails.Officer, ErasureMails.PlanWaits));
    }

    /// <summary>An erasure ends the time to undo an end that came before it, and no other.</summary>
    [LocalFact("ends workflows", typeof(ErasureTimeTests))]
    [Clause("T-KEEP")]
    public async Task Erasure_BegunAgainAfterTheEndOfItsPersonsAccount_LeavesThemTheTimeToUndoIt()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false);
        var owner = (await SmallCompany.FoundAsync(host, 1))[0];
        var reference = await new DataSubject(host, owner.Address).AskToEraseAsync();
        await host.WaitingPlanAsync(reference);
        var ending = await owner.AskAsync();
        await owner.ConfirmAsync();
        await host.UntilAsync(ending, found => found.Status() == "undoable");

        await BeginAgainAsync(host, CaseKind.Erasure, reference);
        await host.ApproveWaitingPlanAsync(reference);
        await host.UntilAsync(reference, found => found.Status() == "closed");
        Assert.Equal("undoable", (await host.CaseAsync(ending)).Status());
    }

    [LocalFact("ends workflows", typeof(TerminationOnAnyHostTests))]
    [Clause("T-ACTIVE")]
    public async Task Termination_BegunAgainInTheTimeToUndoAndAfterThePurge_EndsAsPromised()
    {
        await using var host = await LocalHostHere.StartAsync(seeded: false);
        var owner = (await SmallCompany.FoundAsync(host, 1))[0];
        var ended = await owner.BeEndedAsync();
        await owner.LinkAsync(TerminationMails.Export);
        await BeginAgainAsync(host, CaseKind.Termination, ended.Reference);

        await host.PassToAsync(new(ended.PurgeOn.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero));
        Assert.Equal(0, await owner.ItemsAsync());
        Assert.Equal("awaitingBackups", (await host.CaseAsync(ended.Reference)).Status());

        // What came back is for the first search of each workflow, which notes it.
        foreach (var row in new[] { "after-the-purge", "after-the-search" })
        {
            await BeginAgainAsync(host, CaseKind.Termination, ended.Reference, () => owner.WriteAsync(row));
            await host.PassAsync(TimeSpan.FromDays(2));
            Assert.Equal(0, await owner.ItemsAsync());
        }

        await host.PassAsync(TimeSpan.FromDays(40));
        var view = await host.CaseAsync(ended.Reference);
        Assert.Equal(("closed", "purged"), (view.Status(), view.Outcome()));
        Assert.True(view.ChainIsIntact());
        Assert.Equal(
            ["purged", "leftovers-found", "data-set-purged", "purged", "leftovers-found", "data-set-purged", "purged"],
            view.Facts().SkipWhile(fact => fact != "purged").Where(fact => fact is "purged" or "leftovers-found" or "data-set-purged"));
        Assert.Single(await host.Outbox.AllAsync(owner.Address, TerminationMails.Export));
    }

    private static async Task BeginAgainAsync(LocalHostHere host, CaseKind kind, string reference, Func<Task>? meanwhile = null)
    {
        await host.EndWorkflowAsync(InstanceOf(kind, reference));
        if (meanwhile is not null) await meanwhile();
        await host.OperateAsync($"cases/{reference}/restart", new { });
    }

    private static string InstanceOf(CaseKind kind, string reference) => Workflow.InstanceOf(kind, CaseId.Parse(reference));
}
