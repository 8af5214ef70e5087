using System.Collections.Immutable;
using Grpc.Net.Client;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.LocalHost.Hosting;
using PrivacyFunctions.LocalHost.Time;
using PrivacyFunctions.LocalHost.Worker;
using PrivacyFunctions.Tests.Workload.Running;

namespace PrivacyFunctions.Benchmarks;

/// <summary>The local host with Microsoft's worker in this process, running this program's functions.</summary>
internal sealed class WholeHost : IAsyncDisposable
{
    private readonly LocalFunctionsHost _host;
    private readonly GrpcChannel _channel;

    private WholeHost(LocalFunctionsHost host)
    {
        _host = host;
        _channel = GrpcChannel.ForAddress(host.DurableAddress);
        Client = new GrpcDurableTaskClient(
            "benchmark", new() { Channel = _channel, DataConverter = DurableJson.Converter }, NullLogger.Instance);
    }

    public DurableTaskClient Client { get; }

    /// <param name="folder">Where its files are made.</param>
    public static async Task<WholeHost> StartAsync(TemporaryFolder folder)
    {
        var clock = new MovableClock(folder.File("clock"));
        var options = new LocalFunctionsHostOptions
        {
            Worker = new InProcessWorker(typeof(Sequence).Assembly, Compose, clock),
            Settings = new Dictionary<string, string?>(),
            Keys = new FunctionKeys("function", "master"),
            Clock = clock,
            EngineDatabase = folder.File("host.db"),
            TimersFolder = Directory.CreateDirectory(folder.File("timers")).FullName,
            Port = 0,
        };
        return new(await LocalFunctionsHost.StartAsync(options, NullLoggerFactory.Instance, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        _channel.Dispose();
        await _host.DisposeAsync();
    }

    // What the Functions SDK writes into an app when it is built.
    private static void Compose(FunctionsApplicationBuilder app)
    {
        new DurableTaskExtensionStartup().Configure(app);
        app.Services.AddSingleton<IFunctionMetadataProvider>(new TwoFunctions());
    }

    private sealed class TwoFunctions : IFunctionMetadataProvider
    {
        public Task<ImmutableArray<IFunctionMetadata>> GetFunctionMetadataAsync(string directory) =>
            Task.FromResult<ImmutableArray<IFunctionMetadata>>(
            [
                Describe(nameof(Sequence), nameof(Sequence.RunAsync), "context", "orchestrationTrigger"),
                Describe(Sequence.Step, nameof(Sequence.TakeStep), "number", "activityTrigger"),
            ]);

        private static DefaultFunctionMetadata Describe(string name, string method, string parameter, string trigger) => new()
        {
            Language = "dotnet-isolated",
            Name = name,
            EntryPoint = $"{typeof(Sequence).FullName}.{method}",
            ScriptFile = Path.GetFileName(typeof(Sequence).Assembly.Location),
            RawBindings = [$$$"""{"name":"{{{parameter}}}","direction":"In","type":"{{{trigger}}}","properties":{}}"""],
        };
    }
}
