using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace PrivacyFunctions.LocalHost.StartUp;

/// <summary>The local host's own ports: 127.0.0.1 only, and a clear sentence when one is taken.</summary>
internal static class LoopbackServer
{
    /// <summary>Fails early, before anything slow is started, when <paramref name="port"/> is taken.</summary>
    /// <param name="port">The TCP port; 0 means any free one.</param>
    /// <param name="option">The command line option that changes it, such as <c>--port</c>.</param>
    /// <returns>The port to use.</returns>
    /// <exception cref="StartUpProblem">Another program listens there, or this user may not.</exception>
    public static int EnsureFree(int port, string option)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        catch (SocketException problem)
        {
            throw Unusable(port, option, problem);
        }
    }

    /// <summary>
    /// Starts <paramref name="app"/>, which must listen on one address, and gives that address, such as
    /// <c>http://127.0.0.1:7072</c>, without a trailing slash.
    /// </summary>
    /// <exception cref="StartUpProblem">The port was taken since <see cref="EnsureFree"/> looked.</exception>
    public static async Task<string> StartAsync(WebApplication app, int port, string option, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException problem)
        {
            throw Unusable(port, option, problem);
        }

        return app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    private static StartUpProblem Unusable(int port, string option, Exception problem) => new(
        $"Port {port} on 127.0.0.1 cannot be used, most likely because another program listens there: "
        + $"stop that one, or choose another port with {option}.",
        problem);
}

/// <summary>
/// Leaves the signals to Program, which stops the parts in their order. The usual console lifetime would stop each web
/// application at once on Ctrl-C and swallow the second Ctrl-C.
/// </summary>
internal sealed class StoppedByProgram : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
