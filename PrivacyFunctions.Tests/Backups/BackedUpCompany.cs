using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.Backups;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Backups;

/// <summary>A company of the shipped map in stores of its own, with nothing in them, and a clock that the test moves.</summary>
internal sealed class BackedUpCompany
{
    public static readonly DateTimeOffset FirstNight = new(2026, 2, 10, 1, 0, 0, TimeSpan.Zero);

    private readonly CompanyStorage _storage;
    private readonly OfficerMails _officer;

    private BackedUpCompany(string connection, DataMapRegister map)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Records:Storage", (string?)connection)]).Build();
        var records = new RecordStorage(new(connection), new(connection));
        (Map, _storage) = (map, new(configuration));
        Time = new(Options.Create(new PolicyOptions()), records, Clock);
        Archive = new(map, _storage);
        Ledger = new(records, map);
        Shelf = new(new(map, Archive), Archive, Ledger, Time);
        var mails = new CaseMails(
            records, new Contacts(records), TestLetters.Writer, Officer,
            Options.Create(new SiteOptions { BaseUrl = new("http://127.0.0.1/") }), Clock);
        _officer = new(map, mails);
        Copying = CopyingWith(PartLimits.Ordinary);
    }

    /// <summary>What the Data Protection Officer was told.</summary>
    public ListeningMailer Officer { get; } = new();

    public FakeTimeProvider Clock { get; } = new(FirstNight);

    public DataMapRegister Map { get; }

    public LegalTime Time { get; }

    public BackupArchive Archive { get; }

    public BackupLedger Ledger { get; }

    public BackupShelf Shelf { get; }

    public CopyData Copying { get; }

    public BlobContainerClient Backups => _storage.Container(Set("backups"));

    public DateOnly Today => BackupLayout.DateOf(Clock.GetUtcNow());

    public static async Task<BackedUpCompany> CreateAsync()
    {
        var own = Guid.NewGuid().ToString("N")[..12];
        var map = MapFile.Parse();
        foreach (var set in map["systems"]!.AsArray().SelectMany(system => system!["dataSets"]!.AsArray()))
            set!["store"]!["name"] += set["store"]!["kind"]!.GetValue<string>() == "table" ? $"T{own}" : $"-{own}";
        var company = new BackedUpCompany(
            await SharedAzurite.ConnectionStringAsync(), WithBackupsOfItsOwn(DataMapRegister.Load(map.ToJsonString()), own));
        await Task.WhenAll(BackupStore.AllOf(company.Map).Select(store => store.Set.Store is StoreLocation.Table
            ? (Task)company.Table(store.Set.Id.Value).CreateIfNotExistsAsync()
            : company.Container(store.Set.Id.Value).CreateIfNotExistsAsync()));
        return company;
    }

    // Every map has the same container for them, and all these companies lie in one account.
    private static DataMapRegister WithBackupsOfItsOwn(DataMapRegister map, string own) => new(map.Company, map.Recipients,
    [
        .. map.Systems.Select(system => system.IsOwn
            ? system with { DataSets = [.. system.DataSets.Select(set => set with { Store = Renamed(set.Store, own) })] }
            : system),
    ]);

    private static StoreLocation Renamed(StoreLocation store, string own) => store is StoreLocation.Blobs blobs
        ? new StoreLocation.Blobs($"{blobs.Name}-{own}", blobs.Document)
        : new StoreLocation.Table($"{store.Name}T{own}");

    public DataSet Set(string id) => Map[DataSetId.Parse(id)];

    public TableClient Table(string set) => _storage.Table(Set(set));

    public BlobContainerClient Container(string set) => _storage.Container(Set(set));

    /// <summary>The account is a customer, with a contact and a file.</summary>
    public async Task AddAsync(AccountId account)
    {
        await Table("service-contacts").AddEntityAsync(new TableEntity(account.Value, "c-1") { ["Name"] = "A contact" });
        await Container("service-files").GetBlobClient($"{account}/offer.txt").UploadAsync(new BinaryData("An offer"));
    }

    public async Task PurgeAsync(AccountId account)
    {
        await Table("service-contacts").DeleteEntityAsync(account.Value, "c-1");
        await Container("service-files").DeleteBlobAsync($"{account}/offer.txt");
    }

    /// <summary>Copies the active data, and leaves it there.</summary>
    public async Task<BackupManifest> CopyAsync()
    {
        await Ledger.OpenAsync(Today, Clock.GetUtcNow(), default);
        await Copying.RunAsync(new(Today), default);
        return (await Archive.FindAsync(Today, default))!.Manifest;
    }

    /// <summary>Copying whose calls do as much as that.</summary>
    public CopyData CopyingWith(PartLimits limits) =>
        new(new(Map, new(Archive, _storage), Archive, Time, limits), Archive, Ledger);

    /// <summary>Puts another manifest in the place of tonight's.</summary>
    public async Task StoreAsync(BackupManifest manifest) =>
        await Backups.GetBlobClient(BackupLayout.Manifest(Today)).UploadAsync(manifest.Write(), overwrite: true);

    public Task VerifyAsync() => new VerifyBackup(Archive, PartLimits.Ordinary).RunAsync(new(Today), default);

    /// <summary>A night without its deletions.</summary>
    public async Task<BackupManifest> BackUpAsync()
    {
        var manifest = await CopyAsync();
        await VerifyAsync();
        await new NoteVerified(Ledger, Time).RunAsync(new(Today), default);
        return manifest;
    }

    public Task FailAsync(string step) =>
        new NoteFailedNight(Ledger, _officer, NullLogger<NoteFailedNight>.Instance).RunAsync(new(Today, step), default);

    /// <summary>What the nightly timer looks at, as this night begins.</summary>
    public Task WatchAsync() => new BackupWatch(Ledger, _officer, NullLogger<BackupWatch>.Instance).LookAsync(Today, default);

    public void Pass(int days) => Clock.Advance(TimeSpan.FromDays(days));

    public Task<BackupFinding> LookForAsync(AccountId account, DateTimeOffset purgedAt) =>
        Shelf.LookForAsync(account, purgedAt, default);

    public async Task<IReadOnlyList<DateOnly>> NightsAsync() => await Archive.NightsAsync(default);

    public async Task<BackupEntry> EntryAsync(DateOnly night) =>
        await Ledger.EntriesAsync(before: null, default).SingleAsync(entry => entry.Night == night);

    /// <summary>The lines of all chunks of a set's store.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> LinesAsync(BackupManifest manifest, string set)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        foreach (var chunk in ChunksOf(manifest, set))
            (await Archive.ReadAsync(manifest.BornOn, chunk, default)).Any(line =>
            {
                found.Add(line);
                return false;
            });
        return found;
    }

    public IReadOnlyList<BackupChunk> ChunksOf(BackupManifest manifest, string set) =>
        [.. manifest.Chunks.Where(chunk => chunk.Store == BackupStore.Of(Set(set)).Name)];
}
