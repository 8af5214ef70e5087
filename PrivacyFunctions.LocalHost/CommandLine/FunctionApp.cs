using System.Net;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PrivacyFunctions.LocalHost.Drill;
using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.LocalHost.StartUp;
using PrivacyFunctions.LocalHost.Time;

namespace PrivacyFunctions.LocalHost.CommandLine;

/// <summary>
/// The function app in this process: its functions, the durable engine and the clock, on the local host's ground. Disposing
/// stops it; storage and outbox are still there while it stops.
/// </summary>
internal sealed class FunctionApp : IAsyncDisposable
{
    private readonly WebApplication _web;

    private FunctionApp(WebApplication web) => _web = web;

    /// <summary>What the time machine moves and looks at.</summary>
    public IServiceProvider Services => _web.Services;

    /// <summary>Puts the app together; nothing runs yet.</summary>
    /// <exception cref="StartUpProblem">The app's functions or settings cannot be served; the message says which.</exception>
    public static FunctionApp Build(
        int port, DataFolder data, IReadOnlyDictionary<string, string?> settings, MovableClock clock, CrashDrill drill)
    {
        // The empty builder: only these settings and those of the environment, as on a Functions host.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT"),
        });
        builder.Configuration.AddInMemoryCollection(settings).AddEnvironmentVariables();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Information);
        foreach (var noisy in new[] { "System.Net.Http", "Polly", "Azure", "Microsoft.Extensions.Http", "Microsoft.Hosting" })
            builder.Logging.AddFilter(noisy, LogLevel.Warning);
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IHostLifetime, StoppedByProgram>();

        try
        {
            builder.AddFunctionsHost(new LocalFunctionsHostOptions
            {
                Functions = FunctionCatalog.Discover(typeof(Composition).Assembly),
                Compose = worker => worker.AddPrivacyFunctions(builder.Configuration),
                HostJson = HostJson.Read(Path.Combine(AppContext.BaseDirectory, "host.json")),
                Keys = new FunctionKeys(data.FunctionKey, data.MasterKey),
                Clock = clock,
                Engine = new() { DatabasePath = data.EngineDatabase },
                Drill = drill,
                TimersFolder = data.Timers,
            });
            var web = builder.Build();
            web.UseRouting();
            web.MapFunctionsHost();
            return new(web);
        }
        catch (Exception refused) when (refused is FunctionStartupException or OptionsValidationException)
        {
            throw new StartUpProblem(refused.Message, refused);
        }
    }

    /// <summary>Starts the app on its port.</summary>
    /// <exception cref="StartUpProblem">The port was taken meanwhile, or a setting is wrong.</exception>
    public async Task StartAsync(int port, CancellationToken stopping)
    {
        try
        {
            await LoopbackServer.StartAsync(_web, port, "--port", stopping);
        }
        catch (OptionsValidationException wrong)
        {
            throw new StartUpProblem(string.Join(' ', wrong.Failures), wrong);
        }
    }

    /// <summary>Fills the storage behind a connection string with the sample company; twice is the same as once.</summary>
    public static Task<bool> SeedAsync(string storage, DateOnly today, IProgress<string>? progress, CancellationToken stopping) =>
        SampleCompany.SeedAsync(new TableServiceClient(storage), new BlobServiceClient(storage), today, progress, stopping);

    /// <summary>Stops taking requests, lets running work end, stops the engine.</summary>
    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
    }
}
