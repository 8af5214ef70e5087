using System.Runtime.ExceptionServices;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.CommandLine;
using PrivacyFunctions.LocalHost.Drill;
using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.LocalHost.StartUp;
using PrivacyFunctions.LocalHost.TimeMachine;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>How a local host in the process of the tests runs.</summary>
/// <param name="Storage">The connection string of its storage account.</param>
/// <param name="Links">Where people find it.</param>
internal sealed record LocalRunOptions(string Storage, LocalLinks Links)
{
    /// <summary>The app's port; 0 takes any free one.</summary>
    public required int Port { get; init; }

    /// <summary>The desk's.</summary>
    public required int DeskPort { get; init; }

    /// <summary>Where its mails go; null is the desk's own port.</summary>
    public Func<Desk, string>? Mails { get; init; }

    /// <summary>The day (UTC) at whose beginning its clock begins; null is real time.</summary>
    public DateOnly? Clock { get; init; }

    /// <summary>Whether its storage has the sample company in it already.</summary>
    public bool Seeded { get; init; }

    /// <summary>Whether its nights are backed up.</summary>
    public bool Nights { get; init; } = true;

    /// <summary>Whether its days are swept.</summary>
    public bool Sweeps { get; init; }

    /// <summary>The file of another data map.</summary>
    public string? Map { get; init; }

    /// <summary>By how much some durable timers fire early.</summary>
    public TimeSpan TimersFireEarlyBy { get; init; }

    /// <summary>What is added to the app.</summary>
    public Action<FunctionsApplicationBuilder>? Also { get; init; }

    /// <summary>Where it dies.</summary>
    public CrashDrill Drill { get; init; } = CrashDrill.None;
}

/// <summary>One run of a local host in the process of the tests: what the program runs, without what it says meanwhile.</summary>
internal sealed class LocalRun : IAsyncDisposable
{
    private readonly ILoggerFactory _log;
    private readonly List<IAsyncDisposable> _parts = [];

    private LocalRun(ILoggerFactory log) => _log = log;

    /// <summary>The function app and the host around it.</summary>
    public LocalFunctionsHost App { get; private set; } = null!;

    /// <summary>The outbox's and the time machine's server.</summary>
    public Desk Desk { get; private set; } = null!;

    /// <summary>Its log.</summary>
    public ILoggerFactory Log => _log;

    /// <summary>Starts it on a folder, which stays the caller's; it serves when this returns.</summary>
    /// <param name="take">Takes each line of its log.</param>
    public static async Task<LocalRun> StartAsync(DataFolder data, LocalRunOptions options, Action<string> take)
    {
        var run = new LocalRun(FunctionApp.CreateLog(new LogLines(take)));
        try
        {
            await run.StartAsync(data, options);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Exception? first = null;
        foreach (var part in Enumerable.Reverse(_parts))
        {
            try
            {
                await part.DisposeAsync();
            }
            catch (Exception failure)
            {
                first ??= failure; // the others are stopped all the same
            }
        }

        _log.Dispose();
        if (first is not null) ExceptionDispatchInfo.Throw(first);
    }

    private async Task StartAsync(DataFolder data, LocalRunOptions options)
    {
        var clock = ClockStart.Open(data, options.Clock is { } day ? new(day, TimeOnly.MinValue, TimeSpan.Zero) : null);
        var timeMachine = new TaskCompletionSource<TimeMachineParts>();
        Desk = await Desk.StartAsync(
            options.DeskPort, "--desk-port", new OutboxOptions(data.Outbox, options.Links.OfTheDesk),
            services => services.AddSingleton<TimeProvider>(clock), endpoints =>
            {
                endpoints.MapTimeMachine(timeMachine.Task);
                endpoints.MapCompany(new SampleSignIn(data.SignInKey, clock), options.Links.Site);
            });
        _parts.Add(Desk);
        var settings = new Dictionary<string, string?>(AppSettings.For(data, options.Storage, options.Links))
        {
            ["AzureWebJobs.BackUpNightly.Disabled"] = options.Nights ? "false" : "true",
            ["AzureWebJobs.SweepDaily.Disabled"] = options.Sweeps ? "false" : "true",
            ["DataMap:Path"] = options.Map,
        };
        if (options.Mails is { } mails) settings["Mail:SendGrid:Host"] = mails(Desk);
        if (!options.Seeded) await FunctionApp.MakeStoresAsync(settings, CancellationToken.None);
        await FunctionApp.EnterOperatorAsync(data, options.Storage, CancellationToken.None);
        App = await FunctionApp.StartAsync(
            options.Port, data, settings, clock, options.Drill, published: null, _log, CancellationToken.None,
            options.TimersFireEarlyBy, options.Also);
        _parts.Add(App);
        var parts = TimeMachineParts.Of(App, Desk.Mails, data.Timeline, _log);
        _parts.Add(parts);
        timeMachine.SetResult(parts);
    }
}
