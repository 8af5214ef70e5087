using Grpc.Net.Client;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Time;
using PrivacyFunctions.LocalHost.Worker;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>The functionTimeout of the app's host.json, which Azure ends a worker by.</summary>
public sealed class FunctionTimeoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Activity_LongerThanHostJsonAllows_EndsTheWorker()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "host.json"), """{ "functionTimeout": "00:00:02" }""");
        var never = new TaskCompletionSource();
        var clock = new MovableClock(Path.Combine(_folder.Path, "clock"));
        var worker = TestApp.WorkerWith([typeof(Endless)], clock, app => app.Services.AddSingleton(never));
        await using var host = await LocalFunctionsHost.StartAsync(
            new()
            {
                Worker = new WorkerInFolder(worker, _folder.Path),
                Settings = new Dictionary<string, string?>(),
                Keys = new FunctionKeys(HostUnderTest.FunctionKey, HostUnderTest.MasterKey),
                Clock = clock,
                EngineDatabase = Path.Combine(_folder.Path, "durable.db"),
                TimersFolder = Path.Combine(_folder.Path, "timers"),
                Port = 0,
            },
            NullLoggerFactory.Instance, CancellationToken.None);
        using var channel = GrpcChannel.ForAddress(host.DurableAddress);
        await using var client = new GrpcDurableTaskClient("test", new() { Channel = channel }, NullLogger.Instance);

        await client.ScheduleNewOrchestrationInstanceAsync(nameof(Endless.CallWork));
        try
        {
            await host.WorkerEnded.WaitAsync(TimeSpan.FromMinutes(1));
        }
        finally
        {
            never.SetResult(); // this worker is of our own process, which cannot be ended
        }
    }

    private sealed class Endless(TaskCompletionSource never)
    {
        [Function(nameof(CallWork))]
        public static Task<string> CallWork([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallActivityAsync<string>(nameof(Work));

        [Function(nameof(Work))]
        public async Task<string> Work([ActivityTrigger] string? input)
        {
            await never.Task;
            return input ?? "";
        }
    }

    /// <summary>A worker whose app lies in a folder of the test's.</summary>
    private sealed class WorkerInFolder(IAppWorker inner, string folder) : IAppWorker
    {
        public string Folder => folder;

        public Task Ended => inner.Ended;

        public string? HttpAddress => inner.HttpAddress;

        public Task StartAsync(WorkerConnection connection, CancellationToken cancellation) =>
            inner.StartAsync(connection, cancellation);

        public Task StopAsync(CancellationToken cancellation) => inner.StopAsync(cancellation);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
