using System.Collections.Concurrent;
using System.Security.Cryptography;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Sweeps;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sweeps;

/// <summary>Records and company tables of one test's own, so that nobody else's hold or request counts in it.</summary>
internal sealed class SweptStore
{
    /// <summary>The company's data set of files.</summary>
    public const string Files = "support-conversations";

    private static readonly string[] CompanyTables = ["directory", "usage-log"];
    private static readonly CasePlan Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));

    private readonly string _connection;
    private readonly LegalTime _time = LegalTimes.In("Europe/Dublin");
    private readonly PersonProtections _protections;
    private readonly SubjectLocator _locator;
    private readonly SweepAttention _attention;

    private SweptStore(string connection, string suffix)
    {
        _connection = connection;
        var json = MapFile.Parse();
        foreach (var set in CompanyTables) json.Set(set)["store"]!["name"] = set.Replace("-", "", StringComparison.Ordinal) + suffix;
        json.Set(Files)["store"]!["name"] = $"support{suffix}";
        Map = DataMapRegister.Load(json.ToJsonString());
        Storage = new(
            new OwnTables(connection, name => new(connection, name + suffix, Noting(new TableClientOptions(), Writes))),
            new OwnContainers(connection, name => new(connection, $"{name}-{suffix}", Noting(new BlobClientOptions(), Writes))));
        Company = new(new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Records:Storage", (string?)connection)]).Build());
        People = new(
            Storage, Options.Create(new PrivacyOptions { Pepper = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) }),
            TimeProvider.System);
        Holds = new(Storage, People, TimeProvider.System);
        Index = new(Storage, TimeProvider.System);
        Cases = new(Storage, new(Storage, TimeProvider.System), Index, Kinds.Json, TimeProvider.System);
        Closed = new(Storage, Cases, Kinds.Json, Index, Map, _time);
        Reports = new(Storage, new EphemeralDataProtectionProvider());
        Watched = new(new TableDataSource(Company));
        var sources = new PersonalDataSources([Watched]);
        _locator = new(Map, sources);
        var owners = new AccountOwners(Map, sources, _locator, new(Storage, Cases, TimeProvider.System));
        OwnerLinks = new(Storage, People);
        OfOwners = new(Holds, OwnerLinks, owners, Map);
        _protections = new(Holds, OfOwners, People, Cases);
        var mails = new CaseMails(
            Storage, new Contacts(Storage), TestLetters.Writer, Mailer, Options.Create(new SiteOptions { BaseUrl = new("http://127.0.0.1/") }), TimeProvider.System);
        _attention = new(Reports, new OfficerMails(Map, mails));
    }

    public DataMapRegister Map { get; }

    public RecordStorage Storage { get; }

    public CompanyStorage Company { get; }

    public People People { get; }

    public Holds Holds { get; }

    public OwnerLinks OwnerLinks { get; }

    public OwnersHolds OfOwners { get; }

    public CaseIndex Index { get; }

    public CaseStore Cases { get; }

    public ClosedCases Closed { get; }

    public SweepReports Reports { get; }

    /// <summary>What is asked of the company's tables about a person.</summary>
    public WatchedSource Watched { get; }

    public ListeningMailer Mailer { get; } = new();

    /// <summary>What was asked of our own records but reading, in order.</summary>
    public ConcurrentQueue<string> Writes { get; } = [];

    public static async Task<SweptStore> OpenAsync()
    {
        var store = new SweptStore(await SharedAzurite.ConnectionStringAsync(), Guid.NewGuid().ToString("N"));
        foreach (var set in CompanyTables) await store.Table(set).CreateAsync();
        return store;
    }

    /// <summary>A table of the company's.</summary>
    public TableClient Table(string set) => new(_connection, Map[DataSetId.Parse(set)].Store.Name);

    /// <summary>The company's files, in a container that the test makes.</summary>
    public BlobContainerClient Container => new(_connection, Map[DataSetId.Parse(Files)].Store.Name);

    /// <summary>What protects people now; it serves a page.</summary>
    public Protectors Protectors() => new(_locator, Holds, OfOwners, _protections, Cases, Closed, Index);

    public SweepPart Part(IDatedSource source)
    {
        var sets = new SweptSets(Map);
        return new(
            sets, new PageSweep(sets, Protectors, NullLogger<PageSweep>.Instance), [source], Reports, _attention, _time,
            NullLogger<SweepPart>.Instance);
    }

    /// <summary>Has the directory know a person by an address.</summary>
    public Task KnowAsync(EmailAddress address, string person, bool isProven = true) => Table("directory").AddEntityAsync(
        new TableEntity(KeyPath.Encode(address), Guid.NewGuid().ToString("N"))
        {
            ["Email"] = address.Value, ["PersonId"] = person, ["VerifiedAt"] = isProven ? DateTimeOffset.UtcNow : null,
        });

    /// <summary>Stores a person's case as these facts leave it.</summary>
    public Task<CaseId> StoreAsync(CaseKind kind, EmailAddress address, params CaseFact[] facts) =>
        StoreAsync(kind, address, new DateOnly(2026, 3, 2), facts);

    /// <summary>The same of one that was received at that instant.</summary>
    public Task<CaseId> StoreAsync(CaseKind kind, EmailAddress address, DateTimeOffset receivedAt, params CaseFact[] facts) =>
        StoreAsync(kind, address, DateOnly.FromDateTime(receivedAt.UtcDateTime), receivedAt, facts);

    /// <summary>The same of one that was received on that day.</summary>
    public Task<CaseId> StoreAsync(CaseKind kind, EmailAddress address, DateOnly on, params CaseFact[] facts) =>
        StoreAsync(kind, address, on, DateTimeOffset.UtcNow, facts);

    private async Task<CaseId> StoreAsync(
        CaseKind kind, EmailAddress address, DateOnly on, DateTimeOffset receivedAt, params CaseFact[] facts)
    {
        var id = CaseId.FromBytes(Guid.NewGuid().ToByteArray());
        await People.IndexAsync(address, id, CancellationToken.None);
        var (received, fact) = RequestDecisions.Receive(
            Kinds.Request(kind.Name).New, id, Plan, receivedAt, on,
            Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0");
        await Cases.CreateAsync(received, [fact, .. facts], Actors.Subject, CancellationToken.None);
        return id;
    }

    private static T Noting<T>(T options, ConcurrentQueue<string> writes)
        where T : ClientOptions
    {
        options.AddPolicy(new Notes(writes), HttpPipelinePosition.PerCall);
        return options;
    }

    private sealed class OwnTables(string connection, Func<string, TableClient> open) : TableServiceClient(connection)
    {
        public override TableClient GetTableClient(string tableName) => open(tableName);
    }

    private sealed class OwnContainers(string connection, Func<string, BlobContainerClient> open) : BlobServiceClient(connection)
    {
        public override BlobContainerClient GetBlobContainerClient(string blobContainerName) => open(blobContainerName);
    }

    private sealed class Notes(ConcurrentQueue<string> writes) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            if (message.Request.Method != RequestMethod.Get)
                writes.Enqueue($"{message.Request.Method} {message.Request.Uri.Path}");
        }
    }
}
