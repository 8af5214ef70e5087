using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

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
        server.MapGet("/", () => Microsoft.AspNetCore.Http.Results.Bytes(html, "text/html; charset=utf-8"));
        _ = Task.Run(async () =>
        {
            while (await Console.In.ReadLineAsync() is not null)
            {
            }

            await server.StopAsync();
        });
        await server.RunAsync();
    }
}
