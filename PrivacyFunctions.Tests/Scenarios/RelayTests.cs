using System.Net;
using System.Net.Sockets;
using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>What cuts a dead host off from the world, in the tests whose host dies in their own process.</summary>
public sealed class RelayTests : IDisposable
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly Relay _relay = new();

    public RelayTests()
    {
        _server.Start();
        _relay.LeadTo(((IPEndPoint)_server.LocalEndpoint).Port);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _relay.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Relay_UntilItIsCut_CarriesBothWays()
    {
        using var client = await ConnectAsync();
        using var accepted = await _server.AcceptSocketAsync();

        await client.SendAsync("ask"u8.ToArray());
        Assert.Equal("ask"u8.ToArray(), await ReceiveAsync(accepted));
        await accepted.SendAsync("answer"u8.ToArray());
        Assert.Equal("answer"u8.ToArray(), await ReceiveAsync(client));
        client.Shutdown(SocketShutdown.Send);
        Assert.Empty(await ReceiveAsync(accepted));
    }

    [Fact]
    public async Task Relay_Cut_ResetsBothSidesAndDeliversNothingMore()
    {
        using var client = await ConnectAsync();
        using var accepted = await _server.AcceptSocketAsync();

        _relay.CutOff();

        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(client));
        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(accepted));
    }

    [Fact]
    public async Task Relay_Cut_ResetsWhoComesLaterUntilItLeadsSomewhereAgain()
    {
        _relay.CutOff();
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var late = await ConnectAsync(); // it may come to know of the reset here already
            await ReceiveAsync(late);
        });
        Assert.False(_server.Pending());

        _relay.LeadTo(((IPEndPoint)_server.LocalEndpoint).Port);
        using var client = await ConnectAsync();
        using var accepted = await _server.AcceptSocketAsync();
        await accepted.SendAsync("again"u8.ToArray());
        Assert.Equal("again"u8.ToArray(), await ReceiveAsync(client));
    }

    private async Task<Socket> ConnectAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, _relay.Port);
        return client;
    }

    private static async Task<byte[]> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[64];
        return buffer[..await socket.ReceiveAsync(buffer)];
    }
}
