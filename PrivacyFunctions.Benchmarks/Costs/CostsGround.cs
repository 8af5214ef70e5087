using System.Security.Cryptography;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LocalHost.Azurite;
using PrivacyFunctions.LocalHost.StartUp;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Benchmarks.Costs;

/// <summary>An emulator of its own, the company's empty tables in it, and the app's parts on it, without a host around them.</summary>
internal sealed class CostsGround : IAsyncDisposable
{
    private const int LargestTransaction = 100;

    private readonly DataFolder _folder;
    private readonly AzuriteProcess _azurite;
    private readonly IHost _app;

    private CostsGround(DataFolder folder, AzuriteProcess azurite, IHost app) => (_folder, _azurite, _app) = (folder, azurite, app);

    /// <summary>Where an account's contacts are: a partition for each account.</summary>
    public DataSet Contacts => _app.Services.GetRequiredService<DataMapRegister>()[DataSetId.Parse("service-contacts")];

    public static async Task<CostsGround> StartAsync(TemporaryFolder temporary)
    {
        var folder = DataFolder.Open(temporary.File("costs"));
        var azurite = await AzuriteProcess.StartAsync(
            folder, AzuriteInstallation.Default, new Progress(TextWriter.Null, TimeProvider.System).Begin("Azurite"), CancellationToken.None);
        var ground = new CostsGround(folder, azurite, Compose(azurite.ConnectionString));
        var (map, company) = (ground._app.Services.GetRequiredService<DataMapRegister>(), ground._app.Services.GetRequiredService<CompanyStorage>());
        foreach (var set in map.OfCompany)
            if (set.Store is StoreLocation.Table) await company.Table(set).CreateIfNotExistsAsync();
            else await company.Container(set).CreateIfNotExistsAsync();
        return ground;
    }

    /// <summary>A part of the app, such as an activity.</summary>
    public T Part<T>() where T : class => ActivatorUtilities.GetServiceOrCreateInstance<T>(_app.Services);

    /// <summary>A table of the emulator.</summary>
    public TableClient Table(string name) => new(_azurite.ConnectionString, name);

    /// <summary>An account of the company's that ends, with these facts after it took effect.</summary>
    public async Task<CaseId> EndAccountAsync(string number, params CaseFact[] facts)
    {
        var account = AccountId.Parse(number);
        await Table(Part<DataMapRegister>().Accounts!.Store.Name).UpsertEntityAsync(new TableEntity(number, "account") { ["AccountId"] = number });
        var plan = new TerminationPlan(LegalClock.Ordinary, TimeSpan.FromDays(14), 14);
        var asked = TerminationDecisions.Receive(
            CaseId.FromBytes(Guid.NewGuid().ToByteArray()), account, TerminationBy.Company, plan, DateTimeOffset.UtcNow);
        var requested = new TerminationFact.TerminationRequested(TerminationBy.Company, account, "operator", SubjectCommitment: null);
        var effect = Part<LegalTime>().Terminate(plan, DateTimeOffset.UtcNow);
        await Part<CaseStore>().AnnounceAsync(asked.Id, CancellationToken.None);
        return (await Part<CaseStore>().CreateAsync(asked, [requested, effect, .. facts], Actors.System, CancellationToken.None)).Id;
    }

    /// <summary>Contacts as a customer keeps them, a few hundred bytes each.</summary>
    public static async Task FillAsync(TableClient table, string partition, int rows)
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, rows).Chunk(LargestTransaction), async (few, stop) =>
            await table.SubmitTransactionAsync(few.Select(number => new TableTransactionAction(
                TableTransactionActionType.Add,
                new TableEntity(partition, RowKey(number))
                {
                    ["Name"] = $"Person Number {number}",
                    ["Email"] = $"person.{number}@customer.example",
                    ["Phone"] = $"+353 1 555 {number % 10_000:D4}",
                    ["Notes"] = "Met at the fair in spring; wants to hear about the next version, by telephone if possible.",
                    ["AddedAt"] = DateTimeOffset.UnixEpoch.AddDays(20_000).AddMinutes(number),
                    ["Visits"] = number % 17, // a column that the map does not know
                })), stop));
    }

    public static string RowKey(int number) => $"contact-{number:D6}";

    public async ValueTask DisposeAsync()
    {
        _app.Dispose();
        await _azurite.DisposeAsync();
        _folder.Dispose();
    }

    private static IHost Compose(string storage)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Records:Storage"] = storage,
            ["Mail:SendGrid:Host"] = "http://127.0.0.1:1", // nothing is sent
            ["Mail:SendGrid:ApiKey"] = "none",
            ["Mail:From"] = "privacy@privacyfunctions.example",
            ["Site:BaseUrl"] = "http://127.0.0.1:1/",
            ["Privacy:Pepper"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        });
        builder.AddPrivacyFunctions(builder.Configuration);
        return builder.Build();
    }
}
