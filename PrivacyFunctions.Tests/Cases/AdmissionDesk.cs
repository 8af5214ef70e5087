using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Cases;

/// <summary>Takes in what one mailbox is asked about, on real tables, by a clock that moves on by whatever is waited for.</summary>
internal sealed class AdmissionDesk
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly CasePlan Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));

    private readonly Requests _requests = new();

    private AdmissionDesk(string connection, TimeProvider? real)
    {
        var options = new TableClientOptions();
        options.AddPolicy(_requests, HttpPipelinePosition.PerCall);
        Storage = new(new TableServiceClient(connection, options), new BlobServiceClient(connection));
        Cases = new(Storage, new(Storage, Time), new(Storage, Time), Kinds.Json, Time);
        Admission = new(new(Storage, new(Storage, Pepper, Time), real ?? Time), Cases, real ?? new SkippedWaits(this));
    }

    public static IOptions<PrivacyOptions> Pepper { get; } = Options.Create(new PrivacyOptions { Pepper = Convert.ToBase64String(new byte[32]) });

    public RecordStorage Storage { get; }

    public CaseStore Cases { get; }

    public Admission Admission { get; }

    public EmailAddress Mailbox { get; } = EmailAddress.Parse($"m-{Guid.NewGuid():N}@example.org");

    public FakeTimeProvider Time { get; } = new(Start);

    /// <summary>Happens while somebody waits.</summary>
    public Action WhileWaiting { get; set; } = () => { };

    /// <summary>How often something went to the tables.</summary>
    public int RoundTrips => _requests.Count;

    /// <summary>Opens one for a mailbox of its own.</summary>
    /// <param name="real">The clock by which places are taken and waited for; the desk's own unless given.</param>
    public static async Task<AdmissionDesk> OpenAsync(TimeProvider? real = null) => new(await SharedAzurite.ConnectionStringAsync(), real);

    public static CaseId FreshId() => CaseId.FromBytes(Guid.NewGuid().ToByteArray());

    public Task<Admitted> AdmitAsync(CaseId id) => AdmitAsync(id, CaseKind.Access);

    public Task<Admitted> EnterAsync(CaseId id) => Admission.AdmitAsync(
        CaseKind.Access, Mailbox, new(id) { IsEntered = true }, Time.GetUtcNow(), Time.GetUtcNow(), CancellationToken.None);

    public Task<Admitted> AdmitAsync(CaseId id, CaseKind kind, int account = 0) => Admission.AdmitAsync(
        kind, Mailbox, new(id, kind == CaseKind.Termination ? AccountId.Parse($"a-{account}") : null), Time.GetUtcNow(),
        Time.GetUtcNow(), CancellationToken.None);

    /// <summary>One that is opened and stored.</summary>
    public async Task<CaseId> OpenedAsync()
    {
        var id = FreshId();
        Assert.IsType<Admitted.Opens>(await AdmitAsync(id));
        return await StoreAsync(id, CaseKind.Access);
    }

    /// <summary>One of that kind that is stored if it is opened.</summary>
    public async Task<Admitted.Opens> OpenedAsync(CaseKind kind, int account = 0)
    {
        var id = FreshId();
        if (await AdmitAsync(id, kind, account) is not Admitted.Opens opened) return new(default);
        await StoreAsync(id, kind, account);
        return opened;
    }

    public async Task<CaseId> StoreAsync(CaseId id, CaseKind kind, int account = 0)
    {
        if (kind == CaseKind.Termination)
        {
            var plan = new TerminationPlan(LegalClock.Ordinary, TimeSpan.FromDays(14), 14);
            var asked = TerminationDecisions.Receive(
                id, AccountId.Parse($"a-{account}"), TerminationBy.Owner, plan, Time.GetUtcNow());
            var wish = new TerminationFact.TerminationRequested(TerminationBy.Owner, asked.Account, "form", "c0");
            return (await Cases.CreateAsync(asked, [wish], Actors.Subject, CancellationToken.None)).Id;
        }

        var (received, fact) = RequestDecisions.Receive(
            Kinds.Request(kind.Name).New, id, Plan, Time.GetUtcNow(), new(2026, 3, 2),
            Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0");
        return (await Cases.CreateAsync(received, [fact], Actors.Subject, CancellationToken.None)).Id;
    }

    /// <summary>The desk's clock, which moves on by whatever is waited for.</summary>
    private sealed class SkippedWaits(AdmissionDesk desk) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => desk.Time.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            desk.WhileWaiting();
            desk.Time.Advance(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }

    /// <summary>Counts what goes to the tables.</summary>
    private sealed class Requests : HttpPipelineSynchronousPolicy
    {
        private int _count;

        public int Count => _count;

        public override void OnSendingRequest(HttpMessage message) => Interlocked.Increment(ref _count);
    }
}
