using System.Reflection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PrivacyFunctions.LocalHost.StartUp;
using PrivacyFunctions.LocalHost.WorkerHook;

namespace PrivacyFunctions.LocalHost.Worker;

/// <summary>Microsoft's worker in this process: one process to start, to debug and to stop.</summary>
/// <param name="app">The assembly with the functions: what would be the worker's program in a process of its own.</param>
/// <param name="compose">What that program does to its builder.</param>
/// <param name="clock">The app's clock.</param>
internal sealed class InProcessWorker(Assembly app, Action<FunctionsApplicationBuilder> compose, TimeProvider clock) : IAppWorker
{
    /// <summary>A timer longer than this is cut into pieces. It must never change: waiting orchestrations would fail.</summary>
    public static readonly TimeSpan LongestTimer = WorkerStartup.LongestTimer;

    // Microsoft's builder finds the app's generated code by the process's entry assembly.
    private static readonly Lock EntryAssembly = new();

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IHost? _host;

    /// <inheritdoc/>
    public string Folder { get; } = Path.GetDirectoryName(app.Location)!;

    /// <inheritdoc/>
    public Task Ended => _ended.Task;

    /// <inheritdoc/>
    public string? HttpAddress { get; private set; }

    /// <inheritdoc/>
    public async Task StartAsync(WorkerConnection connection, CancellationToken cancellation)
    {
        Environment.SetEnvironmentVariable("FUNCTIONS_APPLICATION_DIRECTORY", Folder);
        _host = Build(connection);
        _host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(() => _ended.TrySetResult());
        await _host.StartAsync(cancellation);
        HttpAddress = _host.Services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.Single();
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellation)
    {
        if (_host is not null) await _host.StopAsync(cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        _ended.TrySetResult();
    }

    private IHost Build(WorkerConnection connection)
    {
        lock (EntryAssembly)
        {
            var entry = Assembly.GetEntryAssembly();
            Assembly.SetEntryAssembly(app);
            try
            {
                var builder = FunctionsApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
                builder.Configuration.AddInMemoryCollection(connection.Settings).AddEnvironmentVariables();
                builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["Functions:Worker:HostEndpoint"] = connection.Address,
                    ["Functions:Worker:WorkerId"] = connection.WorkerId,
                    ["Functions:Worker:RequestId"] = Guid.NewGuid().ToString(),
                    ["Functions:Worker:GrpcMaxMessageLength"] = $"{WorkerConnection.LargestMessage}",
                });
                builder.Services.AddSingleton(clock);
                builder.ConfigureFunctionsWebApplication();
                compose(builder);

                // Microsoft's address is one for each process; a second host in it needs another. Nothing listens to signals here:
                // the program stops its parts in their order.
                builder.Configuration[WebHostDefaults.ServerUrlsKey] = "http://127.0.0.1:0";
                builder.Services.PostConfigure<DurableTaskWorkerOptions>(worker => worker.MaximumTimerInterval = LongestTimer);
                builder.Services.AddSingleton<IHostLifetime, StoppedByProgram>();
                return builder.Build();
            }
            finally
            {
                Assembly.SetEntryAssembly(entry);
            }
        }
    }
}
