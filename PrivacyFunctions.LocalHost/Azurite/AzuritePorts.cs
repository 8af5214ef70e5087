using System.Net;
using System.Net.Sockets;

namespace PrivacyFunctions.LocalHost.Azurite;

/// <summary>The three ports of one Azurite, all on 127.0.0.1.</summary>
internal sealed record AzuritePorts(int BlobPort, int QueuePort, int TablePort)
{
    // The emulator's account name and key are published constants, the same on every machine.
    public const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>What <c>Records:Storage</c> is set to.</summary>
    public string ConnectionString => ConnectionStringOf(Account);

    /// <summary>What Azurite's variable AZURITE_ACCOUNTS says so that it keeps accounts beside its usual one; all have the same
    /// key.</summary>
    public static string AccountsOf(IEnumerable<string> names) =>
        string.Join(';', names.Prepend(Account).Select(name => $"{name}:{Key}"));

    /// <summary>The connection string of one of several accounts.</summary>
    public string ConnectionStringOf(string account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={Key};"
        + $"BlobEndpoint=http://127.0.0.1:{BlobPort}/{account};"
        + $"QueueEndpoint=http://127.0.0.1:{QueuePort}/{account};"
        + $"TableEndpoint=http://127.0.0.1:{TablePort}/{account};";

    /// <summary>Three ports that are free now. Another program may be quicker;
    /// Azurite then ends and is started with new ones.</summary>
    public static AzuritePorts Free()
    {
        TcpListener[] probes = [new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0)];
        try
        {
            foreach (var probe in probes)
                probe.Start();
            var ports = probes.Select(probe => ((IPEndPoint)probe.LocalEndpoint).Port).ToArray();
            return new AzuritePorts(ports[0], ports[1], ports[2]);
        }
        finally
        {
            foreach (var probe in probes)
                probe.Dispose();
        }
    }
}
