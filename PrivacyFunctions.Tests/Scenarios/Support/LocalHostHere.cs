using Grpc.Net.Client;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Client.Grpc;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>
/// A local host in the process of the tests, with a data folder, ports, a clock and a storage account of its own, but in the one
/// Azurite of all these hosts. It starts in a fraction of a second; one that dies is <see cref="MortalHost"/>.
/// </summary>
internal sealed class LocalHostHere : OwnClockHost
{
    private readonly DataFolder _data;
    private readonly bool _timePasses;
    private LocalRun? _run;

    private LocalHostHere(DataFolder data, string storage, bool timePasses)
        : base(data.Root)
    {
        (_data, Storage, _timePasses) = (data, storage, timePasses);
        (OperatorKey, MasterKey) = (data.OperatorKey, data.MasterKey);
    }

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <param name="clock">The day (UTC) at whose beginning its clock begins; real time unless given, and always real time with
    /// the sample company, which is of today.</param>
    /// <param name="seeded">Whether it has the sample company; a test that brings a company of its own has none.</param>
    /// <param name="timePasses">Whether a day passes whenever a test that waits has looked in vain; some of its timers then
    /// fire a second early, as they do on the Functions host.</param>
    /// <param name="nights">Whether its nights are backed up; most of the work of a month, and only some tests are about it.</param>
    /// <param name="sweeps">Whether its days are swept at their hour, and not only when somebody fires it.</param>
    /// <param name="also">What is added to the app.</param>
    /// <param name="map">The file of another data map; the sample company's unless given.</param>
    public static async Task<LocalHostHere> StartAsync(
        DateOnly? clock = null, bool seeded = true, bool timePasses = false, bool nights = true, bool sweeps = false,
        string? map = null, Action<FunctionsApplicationBuilder>? also = null)
    {
        if (seeded && clock is not null) throw new ArgumentException("The sample company is of today.", nameof(clock));
        var storage = await (seeded ? ScenarioStorage.WithSampleAsync() : ScenarioStorage.EmptyAsync());
        var host = new LocalHostHere(DataFolder.Open(SeededFolder.Empty()), storage, timePasses);
        try
        {
            host._run = await LocalRun.StartAsync(host._data, new(storage, host.Links)
            {
                Port = host.Port, DeskPort = host.DeskPort, Clock = clock, Seeded = seeded, Nights = nights, Sweeps = sweeps,
                Map = map, Also = also, TimersFireEarlyBy = timePasses ? TimeSpan.FromSeconds(1) : TimeSpan.Zero,
            }, host.Take);
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
        using var channel = GrpcChannel.ForAddress(_run!.App.DurableAddress);
        await using var client = new GrpcDurableTaskClient(
            "test", new GrpcDurableTaskClientOptions { Channel = channel }, _run.Log.CreateLogger("Client"));
        await client.TerminateInstanceAsync(instance);
        await client.WaitForInstanceCompletionAsync(instance);
    }

    /// <inheritdoc/>
    protected override async Task StopAsync()
    {
        if (_run is not null) await _run.DisposeAsync();
        _data.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
