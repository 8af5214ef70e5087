using System.Diagnostics;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.Benchmarks;

/// <summary>A server in a process of its own, which ends when its standard input does.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    private readonly Process _process;

    private ServerProcess(Process process, Uri site, TimeSpan firstAnswer) =>
        (_process, Site, FirstAnswer) = (process, site, firstAnswer);

    /// <summary>Its start page.</summary>
    public Uri Site { get; }

    /// <summary>Its desk, where the mails are; only a local host has one.</summary>
    public Uri? Desk { get; private init; }

    /// <summary>Its data folder; only a local host has one.</summary>
    public string Folder { get; private init; } = "";

    /// <summary>From the start of its process until it had answered for the first time.</summary>
    public TimeSpan FirstAnswer { get; }

    /// <summary>The memory that it holds now, in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The time of a core that it has used.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The local host, on a data folder.</summary>
    public static async Task<ServerProcess> HostAsync(string folder, params string[] options)
    {
        var (port, desk) = (LoopbackServer.EnsureFree(0, "--port"), LoopbackServer.EnsureFree(0, "--desk-port"));
        var host = await StartAsync(
            port, "PrivacyFunctions.LocalHost.dll",
            ["--data", folder, "--port", $"{port}", "--desk-port", $"{desk}", "--stop-at", "input-end", .. options]);
        return new(host._process, host.Site, host.FirstAnswer) { Desk = new($"http://127.0.0.1:{desk}/"), Folder = folder };
    }

    /// <summary>A bare Kestrel that answers with one page.</summary>
    public static Task<ServerProcess> BareAsync(string page)
    {
        var port = LoopbackServer.EnsureFree(0, "--port");
        return StartAsync(port, "PrivacyFunctions.Benchmarks.dll", ["bare", $"{port}", page]);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<ServerProcess> StartAsync(int port, string program, string[] arguments)
    {
        var site = new Uri($"http://127.0.0.1:{port}/");
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        using var client = new HttpClient();
        while (!await AnswersAsync(client, site))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(began) > Limit)
                throw new InvalidOperationException($"{program} did not start; what it said stands above.");
            await Task.Delay(BetweenLooks);
        }

        return new(process, site, Stopwatch.GetElapsedTime(began));
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Uri site)
    {
        try
        {
            using var answer = await client.GetAsync(site);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // nobody listens yet
        }
    }
}
