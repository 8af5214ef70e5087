using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>
/// A port on this machine behind which another one stands, until it is cut: then every connection is reset at that instant, and
/// new ones are reset as they come. What has gone through has arrived. The port stays taken, so that nobody else gets what is
/// still sent there.
/// </summary>
internal sealed class Relay : IDisposable
{
    private const int Cut = 0;

    private readonly TcpListener _listener;
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private volatile int _target = Cut;

    /// <param name="port">Its port; 0 takes any free one.</param>
    public Relay(int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Its port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whether anybody has come through it.</summary>
    public bool WasUsed { get; private set; }

    /// <summary>From now on leads to a port of this machine.</summary>
    public Relay LeadTo(int port)
    {
        _target = port;
        return this;
    }

    /// <summary>Cuts it, at once.</summary>
    public void CutOff()
    {
        _target = Cut;
        foreach (var socket in _open.Keys) Reset(socket);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CutOff();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = JoinAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // Disposed: nobody comes any more.
        }
    }

    private async Task JoinAsync(Socket near)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (near)
        {
            near.NoDelay = true;
            _open[near] = _open[far] = true;
            try
            {
                var target = _target;
                if (target == Cut) throw new SocketException((int)SocketError.ConnectionRefused);
                await far.ConnectAsync(IPAddress.Loopback, target);
                WasUsed = true;
                if (_target != target) throw new SocketException((int)SocketError.ConnectionReset); // cut before it knew of this one
                await Task.WhenAll(CopyAsync(near, far), CopyAsync(far, near));
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                Reset(near);
                Reset(far);
            }
            finally
            {
                _open.TryRemove(near, out _);
                _open.TryRemove(far, out _);
            }
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            while (await from.ReceiveAsync(buffer) is var read and > 0)
                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            Reset(from); // whoever is left hears of it at once
            Reset(to);
            throw;
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0); // closing is then a reset, and drops what waits
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It has ended by itself.
        }

        socket.Dispose();
    }
}
