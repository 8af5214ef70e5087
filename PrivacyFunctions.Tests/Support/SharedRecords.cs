using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Tests.Engine;

namespace PrivacyFunctions.Tests.Support;

/// <summary>The records on the emulator that the tests share, and cases among them.</summary>
internal sealed class SharedRecords
{
    private SharedRecords(RecordStorage storage, TimeProvider time)
    {
        (Storage, Hints, Index) = (storage, new(storage, time), new(storage, time));
        Cases = new(storage, Hints, Index, Kinds.Json, time);
    }

    public RecordStorage Storage { get; }

    public PendingHints Hints { get; }

    public CaseIndex Index { get; }

    public CaseStore Cases { get; }

    /// <summary>Opens them. To be called before a run is started, whose patience an emulator's first start would use up.</summary>
    /// <param name="time">The clock of what is written; real time if none is given.</param>
    public static async Task<SharedRecords> OpenAsync(TimeProvider? time = null)
    {
        var connection = await SharedAzurite.ConnectionStringAsync();
        return new(new(new TableServiceClient(connection), new BlobServiceClient(connection)), time ?? TimeProvider.System);
    }

    /// <summary>Stores a request for access, whose orchestration is still to be started.</summary>
    public async Task<CaseId> OpenCaseAsync(NewRequest<SubjectRequest>? @new = null)
    {
        var plan = new CasePlan(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));
        var (received, fact) = RequestDecisions.Receive(
            @new ?? AccessRequest.New, CaseId.FromBytes(Guid.NewGuid().ToByteArray()), plan, EngineRun.Start, new(2026, 3, 2),
            Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0");
        return (await Cases.CreateAsync(received, [fact], Actors.Subject, CancellationToken.None)).Id;
    }

    /// <summary>Notes that the case's workflow began again.</summary>
    public Task<Case> RestartAsync(CaseId id) => Cases.ExecuteAsync<Case>(
        id, $"restart-{Guid.NewGuid():N}", "op-1", _ => new Decision.Change(new CaseFact.WorkflowRestarted()), [], CancellationToken.None);

    /// <summary>What a case shows as waiting for a person.</summary>
    public async Task<IReadOnlyList<string>> AttentionAsync(CaseId id) =>
        [.. (await Cases.GetAsync<Case>(id, CancellationToken.None)).Attention?.All.Select(mark => mark.Step) ?? []];

    /// <summary>Stores a case that cannot be read. Among cases of random ids it comes first.</summary>
    public async Task<CaseId> StoreBrokenCaseAsync()
    {
        var id = CaseId.Parse("00000000" + Guid.NewGuid().ToString("N")[8..]);
        await (await Storage.TableAsync("privacyCases")).AddEntityAsync(new TableEntity(id.Value, CaseRow.RowKey));
        return id;
    }
}
