using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Records;

/// <summary>The store under contention and repetition, on a real table.</summary>
[Clause("C-SECURE")]
public class CaseStoreTests
{
    private static readonly CasePlan Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Execute_ManyCommandsAtOnce_EachTakesEffectOnceInAnUnbrokenChain()
    {
        var store = await StoreAsync();
        var id = await CreateAsync(store);

        await Task.WhenAll(Enumerable.Range(0, 12).SelectMany(number => Enumerable.Repeat(number, 3)).Select(number => store.ExecuteAsync<SubjectRequest>(
            id, $"open-{number}", Actors.Subject, _ => new Decision.Change(new CaseFact.ExportOpened()), [], CancellationToken.None)));

        var (row, audit) = (await store.FindAsync(id, default), await store.AuditAsync(id, default));
        Assert.Equal(13, audit.Count);
        Assert.Equal(12, audit.Skip(1).Select(link => link.Entry.Command).Distinct().Count());
        Assert.True(AuditChain.Verify([.. audit.Select(link => link.Chained())], row!.Sequence, row.Head).Intact);
    }

    [Fact]
    public async Task Execute_AnotherCommandCommitsInBetween_StillTakesEffect()
    {
        var store = await StoreAsync();
        var id = await CreateAsync(store);
        var raced = false;

        var after = await store.ExecuteAsync<SubjectRequest>(id, "confirm", Actors.Subject, Decide, [Intent.Wake], CancellationToken.None);

        Assert.Equal(CaseStatus.Confirmed, after.Status);
        Assert.Equal(["receive", "ask", "confirm"], (await store.AuditAsync(id, default)).Select(link => link.Entry.Command));
        Assert.Equal([Intent.Start, Intent.Wake], (await store.IntentsAsync(id, default)).Select(intent => intent.Intent));

        // The other command commits after this one has read the state and before it commits.
        Decision Decide(SubjectRequest state)
        {
            if (!raced)
            {
                raced = true;
                store.ExecuteAsync<SubjectRequest>(
                    id, "ask", Actors.System, _ => new Decision.Change(new CaseFact.ConfirmationAsked()), [], default)
                    .GetAwaiter().GetResult();
            }

            return RequestDecisions.Confirm(state);
        }
    }

    [Fact]
    public async Task Create_Twice_StoresOneCase()
    {
        var store = await StoreAsync();
        var id = await CreateAsync(store);
        await CreateAsync(store, id);
        Assert.Single(await store.AuditAsync(id, default));
        Assert.Single(await store.IntentsAsync(id, default));
    }

    [Fact]
    public async Task Audit_RowChangedBehindItsBack_IsFound()
    {
        var store = await StoreAsync();
        var id = await CreateAsync(store);
        await store.ExecuteAsync<SubjectRequest>(id, "confirm", Actors.Subject, RequestDecisions.Confirm, [], default);
        var table = new TableServiceClient(await SharedAzurite.ConnectionStringAsync()).GetTableClient("privacyCases");
        var stolen = (await table.GetEntityAsync<TableEntity>(id.Value, "audit-0000000001")).Value;
        stolen["Content"] = stolen.GetString("Content").Replace("2026-04-02", "2027-04-02", StringComparison.Ordinal);
        await table.UpdateEntityAsync(stolen, stolen.ETag, TableUpdateMode.Replace);

        var (row, audit) = (await store.FindAsync(id, default), await store.AuditAsync(id, default));
        var verdict = AuditChain.Verify([.. audit.Select(link => link.Chained())], row!.Sequence, row.Head);
        Assert.Equal(new ChainVerdict(false, "row 1 was changed"), verdict);
    }

    private static async Task<CaseStore> StoreAsync()
    {
        var connection = await SharedAzurite.ConnectionStringAsync();
        var storage = new RecordStorage(new TableServiceClient(connection), new BlobServiceClient(connection));
        return new(storage, new PendingHints(storage, TimeProvider.System), new CaseIndex(storage, TimeProvider.System), Kinds.Json,
            TimeProvider.System);
    }

    private static async Task<CaseId> CreateAsync(CaseStore store, CaseId? same = null)
    {
        var id = same ?? CaseId.FromBytes(Guid.NewGuid().ToByteArray());
        var (received, fact) = RequestDecisions.Receive(
            AccessRequest.New, id, Plan, Now, new(2026, 3, 2), Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0");
        await store.AnnounceAsync(id, CancellationToken.None);
        await store.CreateAsync(received, [fact], Actors.Subject, CancellationToken.None);
        return id;
    }
}
