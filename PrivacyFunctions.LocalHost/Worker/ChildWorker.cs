using System.Diagnostics;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.StartUp;
using PrivacyFunctions.LocalHost.Time;
using PrivacyFunctions.LocalHost.WorkerHook;

namespace PrivacyFunctions.LocalHost.Worker;

/// <summary>
/// Microsoft's worker in a process of its own, out of a published folder: the very files that go to Azure. The host's clock
/// gets in by a startup hook; when this process ends, however it does, that one ends too.
/// </summary>
/// <param name="folder">What <c>dotnet publish</c> made.</param>
/// <param name="clock">The host's clock.</param>
/// <param name="clockFile">The file over which it is shared.</param>
/// <param name="loggers">Takes what the process writes.</param>
internal sealed class ChildWorker(string folder, MovableClock clock, string clockFile, ILoggerFactory loggers) : IAppWorker
{
    private const string Program = "PrivacyFunctions.dll";

    private readonly ILogger _log = loggers.CreateLogger("Worker");
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;
    private SharedClock? _shared;

    /// <inheritdoc/>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public Task Ended => _ended.Task;

    /// <inheritdoc/>
    public string? HttpAddress => null;

    /// <summary>Refuses a folder that holds no published app.</summary>
    /// <exception cref="StartUpProblem">It holds none.</exception>
    public static void EnsurePublished(string folder)
    {
        if (!File.Exists(Path.Combine(folder, Program)))
            throw new StartUpProblem(
                $"There is no published function app in {Path.GetFullPath(folder)}: dotnet publish PrivacyFunctions -o FOLDER makes one.");
    }

    /// <inheritdoc/>
    public Task StartAsync(WorkerConnection connection, CancellationToken cancellation)
    {
        _shared = new SharedClock(clockFile);
        clock.Watcher = _shared.Share;

        _process = new Process { StartInfo = StartInfo(connection), EnableRaisingEvents = true };
        _process.Exited += (_, _) => _ended.TrySetResult();
        _process.OutputDataReceived += (_, line) => Write(LogLevel.Information, line.Data);
        _process.ErrorDataReceived += (_, line) => Write(LogLevel.Error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellation)
    {
        if (_process is null) return;
        _process.StandardInput.Close(); // what the startup hook waits for
        await _process.WaitForExitAsync(cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        clock.Watcher = null;
        if (_process is { HasExited: false }) _process.Kill(entireProcessTree: true);
        _process?.Dispose();
        _shared?.Dispose();
        return ValueTask.CompletedTask;
    }

    private ProcessStartInfo StartInfo(WorkerConnection connection)
    {
        var program = Path.Combine(Folder, Program);
        if (!File.Exists(program))
            throw new StartUpProblem($"{Folder} holds no published app: dotnet publish PrivacyFunctions -o FOLDER makes one.");
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            ArgumentList =
            {
                program,
                "--functions-uri", connection.Address,
                "--functions-worker-id", connection.WorkerId,
                "--functions-request-id", Guid.NewGuid().ToString(),
                "--functions-grpc-max-message-length", $"{WorkerConnection.LargestMessage}",
            },
        };
        var hook = typeof(SharedClock).Assembly;
        foreach (var (name, value) in connection.Settings)
            start.Environment.TryAdd(name.Replace(":", "__", StringComparison.Ordinal), value);
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = Folder;
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = Folder;
        start.Environment["DOTNET_STARTUP_HOOKS"] = hook.Location;
        start.Environment["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = hook.GetName().Name;
        start.Environment[WorkerStartup.ClockVariable] = clockFile;
        return start;
    }

    private void Write(LogLevel level, string? line)
    {
        if (!string.IsNullOrWhiteSpace(line)) _log.Log(level, "{Line}", line);
    }
}
