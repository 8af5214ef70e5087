using System.Text.Json;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.Azurite;

/// <summary>
/// The Azurite (blobs, queues, tables) of one data folder. It outlives a killed host and is then adopted by the next start,
/// so a crash of the host loses nothing that Azurite has acknowledged; killing Azurite itself would (it saves every 5 s).
/// </summary>
internal sealed class AzuriteProcess : IAsyncDisposable
{
    private const int Attempts = 3;
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(25);

    private readonly DataFolder _data;
    private readonly AzuriteRecord _record;
    private bool _stopped;

    private AzuriteProcess(DataFolder data, AzuriteRecord record, bool adopted) =>
        (_data, _record, Adopted) = (data, record, adopted);

    /// <summary>Whether it was left over by an earlier host of this data folder.</summary>
    public bool Adopted { get; }

    public int ProcessId => _record.ProcessId;

    public string ConnectionString => _record.Ports.ConnectionString;

    /// <summary>The connection string of one of the accounts beside the usual one.</summary>
    public string ConnectionStringOf(string account) => _record.Ports.ConnectionStringOf(account);

    /// <summary>Adopts the one left over, or installs (first time) and starts one;
    /// returns when all three services answer.</summary>
    /// <param name="environment">Variables that a started one has besides this process's own.</param>
    /// <exception cref="StartUpProblem">Node is missing, npm failed, or Azurite would not start;
    /// the message says what to do.</exception>
    public static async Task<AzuriteProcess> StartAsync(
        DataFolder data, AzuriteInstallation installation, ProgressStep step, CancellationToken cancellation,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        if (await AdoptAsync(data, cancellation) is { } adopted)
        {
            step.SayWithTime($"taken over from the last run, on 127.0.0.1:{adopted._record.TablePort} (tables)");
            return adopted;
        }

        var installed = await installation.EnsureAsync(step, cancellation);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            var started = await LaunchAsync(data, installed, environment);
            try
            {
                if (await AzuriteHealth.BecomesReadyAsync(started._record.Ports, started.IsAliveAsync, cancellation))
                {
                    step.SayWithTime($"ready on 127.0.0.1:{started._record.TablePort} (tables)");
                    return started;
                }
            }
            catch (OperationCanceledException)
            {
                await started.StopAsync(CancellationToken.None);
                throw;
            }

            // Mostly another program took one of the ports in between: the next attempt has others.
            await started.StopAsync(cancellation);
        }

        throw new StartUpProblem($"Azurite, the local storage, did not start in {Attempts} attempts: {LogFile(data)} says why.");
    }

    /// <summary>
    /// Lets it save and end, and waits up to 15 seconds for that. Cancelling stops the waiting. Safe to call twice.
    /// </summary>
    /// <returns>False when it was still saving after that time: it is left to finish,
    /// and the next start adopts it if need be.</returns>
    public async Task<bool> StopAsync(CancellationToken cancellation = default)
    {
        if (_stopped)
            return true;
        // Once only: Azurite throws at the second signal instead of saving.
        if (await IsAliveAsync(cancellation))
            OtherProcess.AskToEnd(ProcessId);
        using var tick = new PeriodicTimer(BetweenLooks);
        for (var looks = (long)(LongestStop / BetweenLooks); looks > 0; looks--)
        {
            if (!await IsAliveAsync(cancellation))
            {
                File.Delete(_data.AzuriteRecord);
                return _stopped = true;
            }

            await tick.WaitForNextTickAsync(cancellation);
        }

        return false;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static string LogFile(DataFolder data) => Path.Combine(data.Logs, "azurite.log");

    private static async Task<AzuriteProcess?> AdoptAsync(DataFolder data, CancellationToken cancellation)
    {
        if (AzuriteRecord.Read(data.AzuriteRecord) is not { } record)
            return null;
        var leftOver = new AzuriteProcess(data, record, adopted: true);
        if (!await leftOver.IsAliveAsync(cancellation))
            return null; // it ended, or the machine was restarted
        if (await AzuriteHealth.BecomesReadyAsync(record.Ports, leftOver.IsAliveAsync, cancellation))
            return leftOver;
        if (!await leftOver.StopAsync(cancellation))
            throw new StartUpProblem(
                $"Azurite (process {record.ProcessId}), left over from the last run, "
                + "neither answers nor ends: end it, then start again.");
        return null;
    }

    private static async Task<AzuriteProcess> LaunchAsync(
        DataFolder data, InstalledAzurite installed, IReadOnlyDictionary<string, string>? environment)
    {
        var ports = AzuritePorts.Free();
        var json = JsonSerializer.Serialize(new { ports.BlobPort, ports.QueuePort, ports.TablePort }, JsonSerializerOptions.Web);
        var launch = await ChildProgram.RunAsync(
            installed.Node,
            [
                Path.Combine(AzuriteInstallation.PackageFolder, "launch.cjs"), data.AzuriteRecord,
                LogFile(data), json, installed.Script,
                "--silent", "--disableTelemetry",
                "--skipApiVersionCheck", // the current SDKs speak a newer service version than Azurite knows
                "--location", data.Azurite,
                "--blobHost", "127.0.0.1", "--blobPort", $"{ports.BlobPort}",
                "--queueHost", "127.0.0.1", "--queuePort", $"{ports.QueuePort}",
                "--tableHost", "127.0.0.1", "--tablePort", $"{ports.TablePort}",
            ],
            data.Root,
            CancellationToken.None, // it takes a moment, and cut short it would leave one that nobody stops
            environment);
        var record = launch.ExitCode == 0 ? AzuriteRecord.Read(data.AzuriteRecord) : null;
        return record is null
            ? throw new StartUpProblem(
                $"Azurite, the local storage, could not be started (exit code {launch.ExitCode}): {launch.Output}")
            : new AzuriteProcess(data, record, adopted: false);
    }

    // Process ids come round again: only one whose command line names our data folder is ours.
    private async Task<bool> IsAliveAsync(CancellationToken cancellation) =>
        await OtherProcess.CommandLineAsync(ProcessId, cancellation) is { } line
        && line.Contains(OperatingSystem.IsWindows() ? "node" : _data.Azurite, StringComparison.Ordinal);
}
