using System.Net;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>A doubt whose mails the provider does not take at first, and whose host dies as it ends: the person hears all of it, once, and is forgotten.</summary>
[Clause("L9")]
public class DoubtCrashTests
{
    [LocalFact]
    public async Task Doubt_MailsRefusedAndHostKilledAtItsEnd_GoesOnWhereItWas()
    {
        await using var host = await MortalHost.StartAsync(seeded: false, nights: false);
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskToEraseAsync();
        await host.WaitingPlanAsync(reference);
        await host.RefuseMailsAsync(next: 1, status: 503);
        await Assert.ThrowsAnyAsync<Exception>(() => host.OperateAsync($"cases/{reference}/doubt", new { ground = "otherName" }));
        var plan = await host.WaitingPlanAsync(reference);
        using (var early = await host.ApproveAsync(reference, new { hash = plan.Hash() })) Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        await host.OperateAsync($"cases/{reference}/doubt", new { ground = "otherName" });

        await host.RefuseMailsAsync(next: 1, status: 503);
        await Assert.ThrowsAnyAsync<Exception>(() => host.OperateAsync($"cases/{reference}/doubt/end", new { outcome = "notIdentified" }));
        var page = await person.PageAsync(host, Mails.Confirm);
        using (var late = await person.PostAsync($"{page}/withdrawal")) Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        await host.KillAsync();
        await host.RunAsync(crashAt: "before:wake");
        await host.DiesDuringAsync(() => host.OperateAsync($"cases/{reference}/doubt/end", new { outcome = "notIdentified" }));
        await host.RunAsync(crashAt: "before:CloseCase");
        await host.DiesDuringAsync(() => host.PassAsync(TimeSpan.FromMinutes(2)));
        await host.RunAsync();

        await host.UntilAsync(async () => await host.RowsAsync("privacyContacts", reference) == 0);
        var view = await host.CaseAsync(reference);
        Assert.Equal(("notIdentified", true), (view.Outcome(), view.ChainIsIntact()));
        foreach (var subject in new[] { "Please show us that the request", "so we cannot do what you asked for" })
            Assert.Single(await host.Outbox.AllAsync(person.Address, subject));
        Assert.False(await RecordsLook.HoldAsync(host.Storage, person.Address));
    }
}
