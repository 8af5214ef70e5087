using System.Net.Sockets;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.LocalHost.Engine;

namespace PrivacyFunctions.Tests.Workload.Running;

/// <summary>A server in front of an engine, on a socket file, and Microsoft's durable client before it.</summary>
internal sealed class EngineDoor : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly GrpcChannel _channel;

    private EngineDoor(WebApplication server, GrpcChannel channel) => (_server, _channel, Client) = (server, channel, new(
        "test", new GrpcDurableTaskClientOptions { Channel = channel, DataConverter = DurableJson.Converter }, NullLogger.Instance));

    public GrpcDurableTaskClient Client { get; }

    /// <param name="socket">Where the socket file is to be.</param>
    /// <param name="engine">The engine of the moment; another one after a restart.</param>
    public static async Task<EngineDoor> OpenAsync(string socket, Func<DurableEngine> engine)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddTransient(_ => new TaskHubService(engine()));
        var server = builder.Build();
        server.MapGrpcService<TaskHubService>();
        await server.StartAsync();
        return new(server, ChannelTo(socket));
    }

    /// <summary>A channel to whatever server listens on a socket file.</summary>
    public static GrpcChannel ChannelTo(string socket)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = (_, cancellation) => ConnectAsync(socket, cancellation),
            EnableMultipleHttp2Connections = true, // one takes a hundred calls at a time, and calls that wait are calls
        };
        return GrpcChannel.ForAddress("http://localhost", new() { HttpHandler = handler, DisposeHttpClient = true });
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        _channel.Dispose();
        await _server.DisposeAsync();
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
