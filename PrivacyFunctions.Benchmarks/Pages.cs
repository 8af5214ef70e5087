using System.Diagnostics;

namespace PrivacyFunctions.Benchmarks;

/// <summary>How many plain pages a second the host serves.</summary>
internal static class Pages
{
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(8);

    public static async Task MeasureAsync(Report report)
    {
        report.Begin(
            "Pages",
            "The privacy centre's start page, made anew for each request, through the host, its proxy and Microsoft's worker. The "
            + "baseline is a Kestrel that answers with the same bytes out of memory, a process of its own as well.");
        using var folder = new TemporaryFolder();
        var page = folder.File("page.html");
        await using var host = await ServerProcess.HostAsync(folder.File("data"), "--company", "none");
        using (var client = new HttpClient())
            await File.WriteAllBytesAsync(page, await client.GetByteArrayAsync(host.Site));
        await using var bare = await ServerProcess.BareAsync(page);
        foreach (var connections in (int[])[8, 32])
        {
            await PerSecondAsync(host.Site, connections, Warm);
            var served = await PerSecondAsync(host.Site, connections, Measured);
            await PerSecondAsync(bare.Site, connections, Warm);
            report.Compare(
                $"{connections} connections", served, "pages/s", await PerSecondAsync(bare.Site, connections, Measured),
                "bare Kestrel");
        }
    }

    private static async Task<double> PerSecondAsync(Uri site, int connections, TimeSpan time)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections });
        var pages = 0;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(began) < time)
            {
                await client.GetByteArrayAsync(site); // throws unless it is a page
                Interlocked.Increment(ref pages);
            }
        }));
        return pages / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
