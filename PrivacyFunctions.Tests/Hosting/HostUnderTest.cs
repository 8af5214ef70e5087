using System.Collections.Concurrent;
using Grpc.Net.Client;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.CommandLine;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Time;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>A running local host with functions of the tests in Microsoft's worker, on a free port of the loopback.</summary>
internal sealed class HostUnderTest : IAsyncDisposable
{
    public const string FunctionKey = "function-key";
    public const string MasterKey = "master-key";

    private readonly TemporaryFolder? _ownFolder;
    private readonly ILoggerFactory _loggers;
    private readonly GrpcChannel _channel;

    private HostUnderTest(
        TemporaryFolder? ownFolder, LocalFunctionsHost host, ILoggerFactory loggers, ConcurrentQueue<string> log, Journal journal)
    {
        (_ownFolder, Local, _loggers, Log, Journal) = (ownFolder, host, loggers, log, journal);
        _channel = GrpcChannel.ForAddress(host.DurableAddress);
        Orchestrations = new GrpcDurableTaskClient(
            "test", new GrpcDurableTaskClientOptions { Channel = _channel }, loggers.CreateLogger("Client"));
        Client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
            })
        {
            BaseAddress = new Uri(host.Address),
        };
    }

    public LocalFunctionsHost Local { get; }

    public HttpClient Client { get; }

    public IReadOnlyCollection<string> Log { get; }

    public Journal Journal { get; }

    public MovableClock Clock => Local.Clock;

    public ClockMover Mover => Local.Mover;

    public DurableEngine Engine => Local.Engine;

    public DurableTaskClient Orchestrations { get; }

    public ILoggerFactory Loggers => _loggers;

    public static async Task<HostUnderTest> StartAsync(
        IEnumerable<Type> functions,
        Action<FunctionsApplicationBuilder>? compose = null,
        TimeProvider? time = null,
        string? folder = null,
        params (string Name, string Value)[] settings)
    {
        var ownFolder = folder is null ? new TemporaryFolder() : null;
        folder ??= ownFolder!.Path;
        var log = new ConcurrentQueue<string>();
        var loggers = FunctionApp.CreateLog(new LogLines(log));
        var journal = new Journal();
        var clock = new MovableClock(Path.Combine(folder, "clock"), time);
        var host = await LocalFunctionsHost.StartAsync(
            new LocalFunctionsHostOptions
            {
                Worker = TestApp.WorkerWith(functions, clock, app =>
                {
                    app.Services.AddSingleton(journal);
                    compose?.Invoke(app);
                }),
                Settings = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value),
                Keys = new FunctionKeys(FunctionKey, MasterKey),
                Clock = clock,
                EngineDatabase = Path.Combine(folder, "durable.db"),
                TimersFolder = Path.Combine(folder, "timers"),
                Port = 0,
            },
            loggers,
            CancellationToken.None);
        return new(ownFolder, host, loggers, log, journal);
    }

    /// <summary>Starts an orchestration, and waits for its end.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null)
    {
        var id = await Orchestrations.ScheduleNewOrchestrationInstanceAsync(orchestrator, input);
        await Engine.WhenIdleAsync(CancellationToken.None);
        return await Orchestrations.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Orchestrations.DisposeAsync();
        _channel.Dispose();
        await Local.DisposeAsync();
        _loggers.Dispose();
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
