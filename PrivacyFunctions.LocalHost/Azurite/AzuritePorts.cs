using System.Net;
using System.Net.Sockets;

namespace PrivacyFunctions.LocalHost.Azurite;

/// <summary>The three ports of one Azurite, all on 127.0.0.1.</summary>
internal sealed record AzuritePorts(int BlobPort, int QueuePort, int TablePort)
{
    // The emulator's account name and key are published constants, the same on every machine.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>What <c>Records:Storage</c> is set to.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
        + $"BlobEndpoint=http://127.0.0.1:{BlobPort}/{Account};"
        + $"QueueEndpoint=http://127.0.0.1:{QueuePort}/{Account};"
        + $"TableEndpoint=http://127.0.0.1:{TablePort}/{Account};";

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
