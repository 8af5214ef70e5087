using DurableTask.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.DurableTask.Testing.Sidecar;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.Tests.Workload.Running;

namespace PrivacyFunctions.Tests.Engine.Differential;

/// <summary>DurableTask.Core in memory with Microsoft's worker and client, on a socket file. It runs on the real clock.</summary>
internal sealed class MicrosoftsEngine : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly WebApplication _server;
    private readonly GrpcChannel _channel;
    private readonly IHost _worker;

    private MicrosoftsEngine(DirectoryInfo folder, WebApplication server, GrpcChannel channel, IHost worker)
    {
        (_folder, _server, _channel, _worker) = (folder, server, channel, worker);
        Client = new("test", new GrpcDurableTaskClientOptions { Channel = channel }, NullLogger.Instance);
    }

    public GrpcDurableTaskClient Client { get; }

    public static async Task<MicrosoftsEngine> StartAsync(Action<DurableTaskRegistry> tasks)
    {
        var folder = Directory.CreateTempSubdirectory("pf-core-");
        var socket = Path.Combine(folder.FullName, "door");
        var service = new InMemoryOrchestrationService(NullLoggerFactory.Instance);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(Unthrottled.Of(service)).AddSingleton<IOrchestrationServiceClient>(service);
        builder.Services.AddSingleton<TaskHubGrpcServer>();
        var server = builder.Build();
        server.MapGrpcService<TaskHubGrpcServer>();
        await server.StartAsync();

        var channel = EngineDoor.ChannelTo(socket);
        var host = Host.CreateEmptyApplicationBuilder(new());
        host.Services.AddDurableTaskWorker(worker => worker.UseGrpc(channel).AddTasks(tasks));
        var worker = host.Build();
        await worker.StartAsync();
        return new(folder, server, channel, worker);
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.StopAsync();
        _worker.Dispose();
        await Client.DisposeAsync();
        _channel.Dispose();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
