using System.Diagnostics;
using System.Globalization;
using PrivacyFunctions.LocalHost.Azurite;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>
/// A local host in a process of its own, with a data folder and ports of its own, so that a test can kill it and start it
/// again by a real SIGKILL; it costs seconds at each start, so most tests take the cheaper <see cref="LocalHostHere"/> or
/// <see cref="HostOnASwitch"/>. The folder begins as a copy of one that was seeded once. It stops when its standard input ends, and
/// that ends with this process: however a test run ends, it leaves no host behind.
/// </summary>
internal sealed class LocalHostProcess : MortalHost
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "PrivacyFunctions.LocalHost.dll");

    private readonly int _pace;
    private readonly bool _nights;
    private readonly string[] _options;
    private Process? _process;

    private LocalHostProcess(string folder, int pace, bool nights, IEnumerable<string> options)
        : base(folder) => (_pace, _nights, _options) = (pace, nights, [.. options]);

    /// <summary>The most memory that it has held since it started, in bytes; not its Azurite's.</summary>
    public long PeakMemory
    {
        get
        {
            _process!.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <param name="crashAt">The point at which it kills itself; see its <c>--help</c>.</param>
    /// <param name="pace">Its Policy:Pace.</param>
    /// <param name="clock">The day (UTC) at whose beginning its clock begins; real time unless given. Its sample company is
    /// then of that day.</param>
    /// <param name="seeded">Whether it has the sample company; a test that brings a company of its own has none.</param>
    /// <param name="worker">The folder of a published app, which then runs in a process of its own.</param>
    /// <param name="nights">Whether its nights are backed up. Its days are swept when somebody fires it.</param>
    public static async Task<LocalHostProcess> StartAsync(
        string? crashAt = null, int pace = 1, DateOnly? clock = null, bool seeded = true, string? worker = null, bool nights = true)
    {
        string[] begin = clock is { } day ? ["--clock", day.ToString("O", CultureInfo.InvariantCulture)] : [];
        string[] company = seeded ? [] : ["--company", "none"];
        string[] child = worker is null ? [] : ["--worker", worker];
        var folder = seeded && clock is null ? await SeededFolder.CopyAsync() : SeededFolder.Empty();
        var host = new LocalHostProcess(folder, pace, nights, [.. begin, .. company, .. child]);
        await host.RunAsync(crashAt);
        return host;
    }

    /// <inheritdoc/>
    protected override async Task LaunchAsync(string? crashAt)
    {
        await Launch(crashAt).Task;
        (OperatorKey, MasterKey) = (Key("operator.key"), Key("master.key"));
        Storage = AzuriteRecord.Read(Path.Combine(Folder, "azurite.json"))!.Ports.ConnectionString;
    }

    /// <summary>Its process.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>Completes when it has ended by itself: its exit code.</summary>
    public async Task<int> EndsAsync()
    {
        await _process!.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public override async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    protected override async Task HasDiedAsync()
    {
        const int KilledBySignal9 = 128 + 9;
        await _process!.WaitForExitAsync();
        Assert.Equal(KilledBySignal9, _process.ExitCode);
    }

    /// <inheritdoc/>
    protected override async Task StopAsync()
    {
        // Its Azurite outlives a killed host: the next start adopts it, and then both stop in order.
        if (_process is not { HasExited: false }) await RunAsync();
        _process!.StandardInput.Close();
        await _process.WaitForExitAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private TaskCompletionSource Launch(string? crashAt)
    {
        string[] drill = crashAt is null ? [] : ["--crash-at", crashAt];
        string[] arguments = [
            "--data", Folder, "--port", $"{Port}", "--desk-port", $"{DeskPort}", "--stop-at", "input-end",
            .. _options, .. drill,
        ];
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["Policy__Pace"] = $"{_pace}", ["DOTNET_ENVIRONMENT"] = _pace == 1 ? "Production" : "Development",
                ["AzureWebJobs__BackUpNightly__Disabled"] = _nights ? "false" : "true",
                ["AzureWebJobs__SweepDaily__Disabled"] = "true",
                [LighterAzurite.Variable] = LighterAzurite.Options,
            },
        };
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data, ready);
        _process.ErrorDataReceived += (_, line) => Take(line.Data, ready);
        _process.Exited += (_, _) =>
            ready.TrySetException(new InvalidOperationException($"The local host ended before it was ready:\n{Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return ready;
    }

    private void Take(string? line, TaskCompletionSource ready)
    {
        if (line is null) return;
        Take(line);
        if (line.StartsWith("Ready (", StringComparison.Ordinal)) ready.TrySetResult();
    }

    private string Key(string name) => File.ReadAllText(Path.Combine(Folder, "keys", name)).Trim();
}
