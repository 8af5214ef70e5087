using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Tests.Support;

/// <summary>
/// The sample company in the shared Azurite, seeded by the first test that asks; nobody changes it. It is seeded the hard
/// way: one seed is stopped half-way, and one that comes a day later completes it, so that whatever reads the sample also
/// proves that a seed can be completed.
/// </summary>
internal sealed class SharedSample
{
    private static readonly Lazy<Task<SharedSample>> Seeded = new(SeedAsync);

    private SharedSample(string connectionString)
    {
        ConnectionString = connectionString;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Records:Storage", (string?)connectionString)]).Build();
        Services = new ServiceCollection().AddSingleton<IConfiguration>(configuration)
            .AddDataMap(configuration).AddSources().BuildServiceProvider();
    }

    public static DateOnly Today { get; } = new(2026, 3, 2);

    /// <summary>What the generator says is there.</summary>
    public static SampleData Truth { get; } = SampleData.Generate(Today);

    public string ConnectionString { get; }

    /// <summary>The data map and the sources, composed as the app composes them.</summary>
    public ServiceProvider Services { get; }

    public DataMapRegister Map => Services.GetRequiredService<DataMapRegister>();

    public static Task<SharedSample> GetAsync() => Seeded.Value;

    public Task<SubjectKeys> LocateAsync(string address) =>
        Services.GetRequiredService<SubjectLocator>().LocateAsync(EmailAddress.Parse(address), CancellationToken.None);

    public async Task<IReadOnlyList<PersonalRecord>> ExportAsync(DataSet set, DataKeys keys)
    {
        var records = new List<PersonalRecord>();
        await foreach (var record in Services.GetRequiredService<PersonalDataSources>()
            .ExportAsync(set, keys, CancellationToken.None))
            records.Add(record);
        return records;
    }

    private static async Task<SharedSample> SeedAsync()
    {
        var connectionString = await SharedAzurite.ConnectionStringAsync();
        var (tables, blobs) = (new TableServiceClient(connectionString), new BlobServiceClient(connectionString));
        using var halfWay = new CancellationTokenSource();
        var stopWhenRowsAreThere = new Inline(line =>
        {
            if (line.Contains("rows written", StringComparison.Ordinal))
                halfWay.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SampleCompany.SeedAsync(tables, blobs, Today, stopWhenRowsAreThere, halfWay.Token));
        Assert.True(await SampleCompany.SeedAsync(tables, blobs, Today.AddDays(1), progress: null, CancellationToken.None));
        return new SharedSample(connectionString);
    }

    /// <summary>Unlike <see cref="Progress{T}"/> it calls at once, on the reporting thread.</summary>
    private sealed class Inline(Action<string> report) : IProgress<string>
    {
        public void Report(string value) => report(value);
    }
}
