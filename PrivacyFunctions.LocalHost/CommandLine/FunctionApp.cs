using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Callers;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LocalHost.Drill;
using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.LocalHost.StartUp;
using PrivacyFunctions.LocalHost.Time;
using PrivacyFunctions.LocalHost.Worker;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.LocalHost.CommandLine;

/// <summary>The function app on this machine's ground: its worker, and the host around it.</summary>
internal static class FunctionApp
{
    private static readonly string[] Noisy = ["System.Net.Http", "Polly", "Azure", "Microsoft", "Grpc", "Yarp", "DurableTask"];

    /// <summary>Starts the app on its port. Disposing stops it; storage and outbox must still be there while it stops.</summary>
    /// <param name="published">The folder of a published app, which then runs in a process of its own; null runs the app that
    /// this program was built with, in this process.</param>
    /// <param name="timersFireEarlyBy">By how much some durable timers fire early, for a test that wants it so.</param>
    /// <param name="also">What a test adds to the app, which then runs in this process.</param>
    /// <exception cref="StartUpProblem">The app's functions or settings cannot be served, or the port was taken meanwhile; the
    /// message says which.</exception>
    public static async Task<LocalFunctionsHost> StartAsync(
        int port, DataFolder data, IReadOnlyDictionary<string, string?> settings, MovableClock clock, CrashDrill drill,
        string? published, ILoggerFactory loggers, CancellationToken stopping, TimeSpan timersFireEarlyBy = default,
        Action<FunctionsApplicationBuilder>? also = null)
    {
        try
        {
            var options = new LocalFunctionsHostOptions
            {
                Worker = published is null
                    ? new InProcessWorker(typeof(Composition).Assembly, Compose, clock)
                    : new ChildWorker(published, clock, data.SharedClock, loggers),
                Settings = settings,
                Keys = new FunctionKeys(data.MasterKey, data.MasterKey), // no function of the app takes the host's other key
                Clock = clock,
                Drill = drill,
                EngineDatabase = data.EngineDatabase,
                TimersFolder = data.Timers,
                TimersFireEarlyBy = timersFireEarlyBy,
                Port = port,
            };
            return await LocalFunctionsHost.StartAsync(options, loggers, stopping);
        }
        catch (FunctionStartupException refused)
        {
            throw new StartUpProblem(refused.Message, refused);
        }
        catch (Exception refused) when (StartRefusal.SentenceOf(refused) is { } sentence)
        {
            throw new StartUpProblem(sentence, refused);
        }

        void Compose(FunctionsApplicationBuilder app)
        {
            app.AddPrivacyFunctions(app.Configuration);
            also?.Invoke(app);
        }
    }

    /// <summary>
    /// Makes, empty, the tables and containers that the app's data map names, in the folder's own storage: for a company that is to
    /// be filled by hand. A system whose storage the environment names is not touched.
    /// </summary>
    /// <param name="settings">The app's, as this machine makes them; the environment overrides them.</param>
    /// <param name="stopping">Stops before the next one.</param>
    /// <exception cref="StartUpProblem">The data map is refused; the message says why.</exception>
    public static async Task MakeStoresAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken stopping)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).AddEnvironmentVariables().Build();
        try
        {
            var (map, company) = (DataMapRegistration.Load(configuration), new CompanyStorage(configuration));
            foreach (var set in map.OfCompany.Where(set => company.Setting(set.System).Value == settings["Records:Storage"]))
                await set.Store.Match<Task>(
                    table => company.Table(set).CreateIfNotExistsAsync(stopping),
                    blobs => company.Container(set).CreateIfNotExistsAsync(cancellationToken: stopping));
        }
        catch (Exception refused) when (StartRefusal.SentenceOf(refused) is { } sentence)
        {
            throw new StartUpProblem(sentence, refused);
        }
    }

    /// <summary>
    /// Enters this machine's own operator, who has every role, so that everything can be tried at once. The key lies in the data
    /// folder beside the storage, so it gives nobody more than they have, and the host listens on a loopback address only.
    /// </summary>
    /// <param name="data">Where its key is.</param>
    /// <param name="storage">The folder's own storage: a connection string.</param>
    public static Task EnterOperatorAsync(DataFolder data, string storage, CancellationToken stopping) =>
        new CallerKeys(RecordStorage.Open(storage), TimeProvider.System).AddAsync(
            CallerKey.Read(data.OperatorKey)
                ?? throw new StartUpProblem($"The key in {Path.Combine(data.Root, "keys")}, operator.key, is none: delete the file."),
            new("local-operator", CallerKind.Operator, CallerRoles.All), stopping);

    /// <summary>The log on the console. What ASP.NET Core and clients write at Information holds URLs, which may hold
    /// tokens.</summary>
    /// <param name="instead">Takes the lines in the console's place.</param>
    public static ILoggerFactory CreateLog(ILoggerProvider? instead = null) => LoggerFactory.Create(logging =>
    {
        if (instead is null) logging.AddSimpleConsole(console => console.SingleLine = true);
        else logging.AddProvider(instead);
        logging.SetMinimumLevel(LogLevel.Information);
        foreach (var noisy in Noisy)
            logging.AddFilter(noisy, LogLevel.Warning);
    });

    /// <summary>Fills the storage behind a connection string with the sample company; twice is the same as once.</summary>
    public static Task<bool> SeedAsync(string storage, DateOnly today, IProgress<string>? progress, CancellationToken stopping) =>
        SampleCompany.SeedAsync(new TableServiceClient(storage), new BlobServiceClient(storage), today, progress, stopping);
}
