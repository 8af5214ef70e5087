using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Runtime;
using PrivacyFunctions.LocalHost.Time;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>A running local host with functions of the tests, on a free port of the loopback.</summary>
internal sealed class HostUnderTest : IAsyncDisposable
{
    public const string FunctionKey = "function-key";
    public const string MasterKey = "master-key";

    private readonly TemporaryFolder? _ownFolder;
    private readonly WebApplication _app;

    private HostUnderTest(TemporaryFolder? ownFolder, WebApplication app, ConcurrentQueue<string> log, Journal journal)
    {
        _ownFolder = ownFolder;
        _app = app;
        Log = log;
        Journal = journal;
        Client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
            })
        {
            BaseAddress = new Uri(app.Urls.Single()),
        };
    }

    public HttpClient Client { get; }

    public IReadOnlyCollection<string> Log { get; }

    public Journal Journal { get; }

    public MovableClock Clock => _app.Services.GetRequiredService<MovableClock>();

    public ClockMover Mover => _app.Services.GetRequiredService<ClockMover>();

    public DurableEngine Engine => _app.Services.GetRequiredService<DurableEngine>();

    public IServiceProvider Services => _app.Services;

    public DurableTaskClient Orchestrations => _app.Services.GetRequiredService<DurableTaskClient>();

    public IDurableFunctions Durable => _app.Services.GetRequiredService<IDurableFunctions>();

    public static async Task<HostUnderTest> StartAsync(
        IEnumerable<Type> functions,
        Action<IFunctionsWorkerApplicationBuilder>? compose = null,
        TimeProvider? time = null,
        string? folder = null,
        string routePrefix = "",
        params (string Name, string Value)[] settings)
    {
        var ownFolder = folder is null ? new TemporaryFolder() : null;
        folder ??= ownFolder!.Path;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(LocalFunctionsHost).Assembly.GetName().Name,
            ContentRootPath = folder,
            EnvironmentName = "Production",
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));
        var log = new ConcurrentQueue<string>();
        builder.Logging.ClearProviders().AddProvider(new LogLines(log));
        var journal = new Journal();
        builder.Services.AddSingleton(journal);
        builder.AddFunctionsHost(new LocalFunctionsHostOptions
        {
            Functions = FunctionCatalog.Discover(functions),
            Compose = compose ?? (_ => { }),
            HostJson = new HostJson(routePrefix),
            Keys = new FunctionKeys(FunctionKey, MasterKey),
            Clock = new MovableClock(Path.Combine(folder, "clock"), time),
            Engine = new DurableEngineOptions { DatabasePath = Path.Combine(folder, "durable.db") },
            TimersFolder = Path.Combine(folder, "timers"),
        });
        var app = builder.Build();
        app.MapFunctionsHost();
        await app.StartAsync();
        return new(ownFolder, app, log, journal);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _ownFolder?.Dispose();
    }
}

/// <summary>What test functions were called with; a test waits for an entry instead of for time.</summary>
internal sealed class Journal
{
    private readonly Lock _lock = new();
    private readonly List<string> _entries = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

    public IReadOnlyList<string> Entries
    {
        get
        {
            lock (_lock)
                return [.. _entries];
        }
    }

    public void Add(string entry)
    {
        lock (_lock)
        {
            _entries.Add(entry);
            foreach (var (_, reached) in _waiting.Where(w => w.Count <= _entries.Count))
                reached.TrySetResult();
        }
    }

    public async Task<IReadOnlyList<string>> WaitForAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_entries.Count >= count)
                return [.. _entries];
            _waiting.Add((count, reached));
        }

        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return Entries;
    }
}

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("hosting-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

internal sealed class LogLines(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}

internal static class JournalExtensions
{
    public static Journal GetJournal(this FunctionContext context) => context.InstanceServices.GetRequiredService<Journal>();
}
