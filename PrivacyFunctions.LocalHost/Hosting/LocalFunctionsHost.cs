using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.Drill;
using PrivacyFunctions.LocalHost.Runtime;
using PrivacyFunctions.LocalHost.Time;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>What the embedded Functions host needs to run an app.</summary>
internal sealed record LocalFunctionsHostOptions
{
    /// <summary>The app's functions.</summary>
    public required FunctionCatalog Functions { get; init; }

    /// <summary>The app's composition root: its services and its middlewares.</summary>
    public required Action<IFunctionsWorkerApplicationBuilder> Compose { get; init; }

    /// <summary>What host.json says.</summary>
    public required HostJson HostJson { get; init; }

    /// <summary>The keys of functions that are not anonymous.</summary>
    public required FunctionKeys Keys { get; init; }

    /// <summary>The clock of the host, the engine and the app.</summary>
    public required MovableClock Clock { get; init; }

    /// <summary>Where the process kills itself, if it is to.</summary>
    public CrashDrill Drill { get; init; } = CrashDrill.None;

    /// <summary>How the durable engine runs.</summary>
    public required DurableEngineOptions Engine { get; init; }

    /// <summary>The folder that remembers timers.</summary>
    public required string TimersFolder { get; init; }
}

/// <summary>
/// The embedded Functions host: HTTP, timers, the durable engine, and for the time machine a <see cref="ClockMover"/> that
/// stops for all of them.
/// </summary>
internal static class LocalFunctionsHost
{
    /// <summary>Registers the host and lets the app register itself.</summary>
    public static void AddFunctionsHost(this WebApplicationBuilder builder, LocalFunctionsHostOptions options)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = HttpFunctions.BodyLimit;
        });

        // At Information, ASP.NET Core writes the URL with its query, which may hold tokens.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        var services = builder.Services;
        services.AddSingleton(options.Clock);
        services.AddSingleton<TimeProvider>(options.Clock);
        services.AddSingleton(options.Functions);
        services.AddSingleton(options.Keys);
        services.AddSingleton(options.HostJson);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, TriggerMethodPolicy>());
        services.AddMvc();

        services.AddSingleton<FunctionInvoker>();
        services.AddSingleton<HttpFunctions>();
        services.AddSingleton<AdminEndpoint>();
        AddEngine(services, options.Engine, options.Drill);
        AddTimers(services, options.TimersFolder);
        services.AddSingleton(provider => new ClockMover(options.Clock, [
            provider.GetRequiredService<TimerFunctions>(), EngineFollower(provider.GetRequiredService<DurableEngine>())]));

        var worker = new WorkerBuilder(services);
        services.AddSingleton(worker);
        options.Compose(worker);
    }

    /// <summary>Maps the functions and the admin endpoint.</summary>
    /// <exception cref="FunctionStartupException">A route or a schedule that the host cannot serve.</exception>
    public static void MapFunctionsHost(this WebApplication app)
    {
        app.Services.GetRequiredService<AdminEndpoint>().Map(app);
        app.Services.GetRequiredService<HttpFunctions>().Map(app, app.Services.GetRequiredService<HostJson>().RoutePrefix);
    }

    private static void AddEngine(IServiceCollection services, DurableEngineOptions options, CrashDrill drill)
    {
        services.AddSingleton<IDurableFunctions, DurableFunctions>();
        services.AddSingleton(provider => new DurableEngine(
            options,
            drill.Around(provider.GetRequiredService<IDurableFunctions>()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(provider => drill.Around(provider.GetRequiredService<DurableEngine>().Client));
        services.AddHostedService(provider => provider.GetRequiredService<DurableEngine>());
    }

    /// <summary>After the engine: a timer function may start an orchestration as soon as it runs.</summary>
    private static void AddTimers(IServiceCollection services, string folder)
    {
        services.AddSingleton(provider => new TimerStatusFiles(folder, provider.GetRequiredService<ILogger<TimerStatusFiles>>()));
        services.AddSingleton<TimerFunctions>();
        services.AddHostedService(provider => provider.GetRequiredService<TimerFunctions>());
    }

    private static ClockFollower EngineFollower(DurableEngine engine) => new(engine.NextDue, engine.WhenIdleAsync);
}
