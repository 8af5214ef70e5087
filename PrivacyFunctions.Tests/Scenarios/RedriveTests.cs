using Azure.Data.Tables;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>
/// What a crash leaves is taken up by the one-minute timer; here an operator fires it. The leftovers are laid into storage as a
/// crash at that point would leave them; <see cref="CrashTests"/> makes real ones.
/// </summary>
[Clause("R-ACCESS")]
public class RedriveTests
{
    private static readonly DateTimeOffset LongAgo = DateTimeOffset.UtcNow.AddHours(-3);

    [Fact]
    public async Task IntentLeftByACrash_TimerFired_IsCarriedOutAndItsHintRemoved()
    {
        var host = await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync();
        await person.LinkAsync(Mails.Confirm);
        var (cases, pending) = (Table(host, "privacyCases"), Table(host, "privacyPending"));
        await pending.UpsertEntityAsync(new TableEntity(reference[..1], $"{reference}-0000000002") { ["WrittenAt"] = LongAgo });
        await cases.UpsertEntityAsync(new TableEntity(reference, "intent-0000000002-0") { ["Intent"] = "Wake" });

        await host.FireAsync("RedrivePending");

        await host.UntilAsync(async () =>
            !(await pending.GetEntityIfExistsAsync<TableEntity>(reference[..1], $"{reference}-0000000002")).HasValue);
        Assert.False((await cases.GetEntityIfExistsAsync<TableEntity>(reference, "intent-0000000002-0")).HasValue);
        Assert.Equal("awaitingConfirmation", (await host.CaseAsync(reference)).Status()); // a wake without news changes nothing
    }

    [Fact]
    public async Task AddressKeptForACaseThatNeverCame_TimerFired_IsForgotten()
    {
        var host = await ScenarioHost.SharedAsync();
        var reference = Guid.NewGuid().ToString("N");
        var (contacts, pending) = (Table(host, "privacyContacts"), Table(host, "privacyPending"));
        await DataSubject.Stranger(host).AskAsync(); // so that the tables are there
        await contacts.UpsertEntityAsync(new TableEntity(reference, "contact") { ["Address"] = "nobody@example.net", ["Salt"] = "00" });
        await pending.UpsertEntityAsync(new TableEntity(reference[..1], $"{reference}-0000000001") { ["WrittenAt"] = LongAgo });

        await host.FireAsync("RedrivePending");

        await host.UntilAsync(async () =>
            !(await pending.GetEntityIfExistsAsync<TableEntity>(reference[..1], $"{reference}-0000000001")).HasValue);
        Assert.False((await contacts.GetEntityIfExistsAsync<TableEntity>(reference, "contact")).HasValue);
    }

    private static TableClient Table(ScenarioHost host, string name) => new TableServiceClient(host.Storage).GetTableClient(name);
}
