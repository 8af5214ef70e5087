using System.Net;
using System.Net.Sockets;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>Ports of 127.0.0.1 for hosts that have to know theirs before they listen.</summary>
internal static class TestPorts
{
    // Below the range from which the system takes ports for connections, or one of those could have it before the host does.
    private const int First = 20_000;
    private const int Count = 12_000;

    private static int _given = Random.Shared.Next(Count); // another run of tests on this machine begins elsewhere

    /// <summary>
    /// A port that nobody has now, and that is given to nobody else in this run: tests run side by side, and each of them may
    /// listen a good while after it was given its port.
    /// </summary>
    /// <exception cref="InvalidOperationException">All have been given.</exception>
    public static int Take()
    {
        for (var look = 0; look < Count; look++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _given) % Count);
            if (IsFree(port)) return port;
        }

        throw new InvalidOperationException($"No port from {First} on is free.");
    }

    private static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
