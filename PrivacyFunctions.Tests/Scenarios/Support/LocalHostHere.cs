using Grpc.Net.Client;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.CommandLine;
using PrivacyFunctions.LocalHost.Drill;
using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.LocalHost.StartUp;
using PrivacyFunctions.LocalHost.TimeMachine;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>
/// A local host in the process of the tests: what the program runs, with a data folder, ports, a clock and a storage account of
/// its own, but in the one Azurite of all these hosts. It starts in a fraction of a second; it cannot be killed.
/// </summary>
internal sealed class LocalHostHere : OwnClockHost
{
    private readonly DataFolder _data;
    private readonly ILoggerFactory _log;
    private readonly bool _timePasses;
    private readonly bool _nights;
    private readonly bool _sweeps;
    private readonly string? _map;
    private Desk? _desk;
    private LocalFunctionsHost? _app;
    private TimeMachineParts? _parts;

    private LocalHostHere(DataFolder data, string storage, bool timePasses, bool nights, bool sweeps, string? map)
        : base(data.Root)
    {
        (_data, Storage, _timePasses, _nights, _sweeps, _map) = (data, storage, timePasses, nights, sweeps, map);
        (OperatorKey, MasterKey) = (data.OperatorKey, data.MasterKey);
        _log = FunctionApp.CreateLog(new Lines(Take));
    }

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <param name="clock">The day (UTC) at whose beginning its clock begins; real time unless given, and always real time with
    /// the sample company, which is of today.</param>
    /// <param name="seeded">Whether it has the sample company; a test that brings a company of its own has none.</param>
    /// <param name="timePasses">Whether a day passes whenever a test that waits has looked in vain; some of its timers then
    /// fire a second early, as they do on the Functions host.</param>
    /// <param name="nights">Whether its nights are backed up; most of the work of a month, and only some tests are about it.</param>
    /// <param name="sweeps">Whether its days are swept at their hour, and not only when somebody fires it.</param>
    /// <param name="map">The file of another data map; the sample company's unless given.</param>
    public static async Task<LocalHostHere> StartAsync(
        DateOnly? clock = null, bool seeded = true, bool timePasses = false, bool nights = true, bool sweeps = false,
        string? map = null)
    {
        if (seeded && clock is not null) throw new ArgumentException("The sample company is of today.", nameof(clock));
        var storage = await (seeded ? ScenarioStorage.WithSampleAsync() : ScenarioStorage.EmptyAsync());
        var host = new LocalHostHere(DataFolder.Open(SeededFolder.Empty()), storage, timePasses, nights, sweeps, map);
        try
        {
            await host.RunAsync(clock, seeded);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one whose company has all its stores and knows nobody: for people whom nobody knows. No night is backed up
    /// unless somebody fires it.</summary>
    public static async Task<LocalHostHere> StartWithoutPeopleAsync(bool timePasses = false)
    {
        var host = await StartAsync(seeded: false, timePasses: timePasses, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 0);
        return host;
    }

    /// <inheritdoc/>
    public override Task LetTimePassAsync() => _timePasses ? PassAsync(TimeSpan.FromDays(1)) : Task.CompletedTask;

    /// <summary>Ends the workflow of a case from outside, in the middle of whatever it waits for, as a fault of the platform might.</summary>
    /// <param name="instance">The case's instance.</param>
    public async Task EndWorkflowAsync(string instance)
    {
        using var channel = GrpcChannel.ForAddress(_app!.DurableAddress);
        await using var client = new GrpcDurableTaskClient(
            "test", new GrpcDurableTaskClientOptions { Channel = channel }, _log.CreateLogger("Client"));
        await client.TerminateInstanceAsync(instance);
        await client.WaitForInstanceCompletionAsync(instance);
    }

    /// <inheritdoc/>
    protected override async Task StopAsync()
    {
        if (_parts is not null) await _parts.DisposeAsync();
        if (_app is not null) await _app.DisposeAsync();
        if (_desk is not null) await _desk.DisposeAsync();
        _log.Dispose();
        _data.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    // As the program does it, without what it says meanwhile.
    private async Task RunAsync(DateOnly? day, bool seeded)
    {
        var clock = ClockStart.Open(_data, day is { } date ? new(date, TimeOnly.MinValue, TimeSpan.Zero) : null);
        var links = new LocalLinks($"http://127.0.0.1:{Port}", $"http://127.0.0.1:{DeskPort}");
        var timeMachine = new TaskCompletionSource<TimeMachineParts>();
        _desk = await Desk.StartAsync(
            DeskPort, "--desk-port", new OutboxOptions(_data.Outbox, links.OfTheDesk),
            services => services.AddSingleton<TimeProvider>(clock), endpoints => endpoints.MapTimeMachine(timeMachine.Task));
        var settings = Settings(links);
        if (!seeded) await FunctionApp.MakeStoresAsync(settings, CancellationToken.None);
        await FunctionApp.EnterOperatorAsync(_data, Storage, CancellationToken.None);
        _app = await FunctionApp.StartAsync(
            Port, _data, settings, clock, new CrashDrill(null), published: null, _log,
            CancellationToken.None, timersFireEarlyBy: _timePasses ? TimeSpan.FromSeconds(1) : TimeSpan.Zero);
        _parts = TimeMachineParts.Of(_app, _desk.Mails, _data.Timeline, _log);
        timeMachine.SetResult(_parts);
    }

    private Dictionary<string, string?> Settings(LocalLinks links) => new(AppSettings.For(_data, Storage, links))
    {
        ["AzureWebJobs.BackUpNightly.Disabled"] = _nights ? "false" : "true",
        ["DataMap:Path"] = _map,
        ["AzureWebJobs.SweepDaily.Disabled"] = _sweeps ? "false" : "true",
    };

    /// <summary>Writes what the console would show, with the categories and levels that it would show.</summary>
    private sealed class Lines(Action<string> take) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Category(categoryName, take);

        public void Dispose()
        {
            // Nothing is held.
        }

        private sealed class Category(string name, Action<string> take) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception,
                Func<TState, Exception?, string> formatter) =>
                take($"{logLevel}: {name}[{eventId.Id}] {formatter(state, exception)} {exception}");
        }
    }
}
