using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.Benchmarks;

/// <summary>Kestrel with one page and nothing else: what pages and starts are compared with.</summary>
internal static class BareServer
{
    /// <param name="port">On 127.0.0.1.</param>
    /// <param name="page">The file that every request is answered with.</param>
    public static async Task RunAsync(string port, string page)
    {
        var html = await File.ReadAllBytesAsync(page);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var server = builder.Build();
        server.MapGet("/", () => Results.Bytes(html, "text/html; charset=utf-8"));
        using var signals = new StopSignals();
        signals.StopAtInputEnd();
        await server.StartAsync();
        await StopSignals.WaitAsync(signals.Stopping);
        await server.StopAsync();
    }
}
