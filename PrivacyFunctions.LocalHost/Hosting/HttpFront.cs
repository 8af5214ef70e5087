using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.StartUp;
using PrivacyFunctions.LocalHost.Worker;
using Yarp.ReverseProxy.Forwarder;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>The host's public web server: the functions' routes and the admin endpoint.</summary>
internal sealed class HttpFront : IAsyncDisposable
{
    /// <summary>Bytes of a request's body that the Functions host takes; the app refuses earlier.</summary>
    private const long BodyLimit = 104_857_600;

    private readonly WebApplication _app;
    private readonly HttpForwarding _forwarding;

    private HttpFront(WebApplication app, HttpForwarding forwarding, string address) =>
        (_app, _forwarding, Address) = (app, forwarding, address);

    /// <summary>Such as <c>http://127.0.0.1:7071</c>.</summary>
    public string Address { get; }

    /// <summary>Starts it.</summary>
    /// <param name="workerAddress">Where the worker takes requests; null when the app has no HTTP functions.</param>
    /// <exception cref="FunctionStartupException">A route that cannot be served.</exception>
    /// <exception cref="StartUpProblem">The port is taken.</exception>
    public static async Task<HttpFront> StartAsync(
        int port, FunctionKeys keys, TimerFunctions timers, LoadedWorker worker, string? workerAddress, WorkerChannel channel,
        Invocations invocations, string routePrefix, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyLimit;
        });
        builder.Services.AddRouting();
        builder.Services.AddHttpForwarder();
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, StoppedByProgram>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, TriggerMethodPolicy>());
        var app = builder.Build();
        var forwarding = new HttpForwarding(
            app.Services.GetRequiredService<IHttpForwarder>(), channel, invocations, workerAddress ?? "http://127.0.0.1:1");
        app.UseRouting();
        new AdminEndpoint(timers, keys).Map(app);
        new HttpFunctions(worker.Functions, forwarding, keys).Map(app, routePrefix);
        try
        {
            return new(app, forwarding, await LoopbackServer.StartAsync(app, port, "--port", cancellation));
        }
        catch
        {
            forwarding.Dispose();
            await app.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _forwarding.Dispose();
    }
}
