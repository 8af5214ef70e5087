using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace PrivacyFunctions.Tests.Infra;

/// <summary>
/// The Bicep compiler that the restore brought, spoken to in JSON-RPC: one process answers all tests of a run, since it takes
/// seconds to start and a moment to answer. It ends when its input is closed, as it is when the tests end, however they end.
/// </summary>
internal sealed class BicepCompiler : IDisposable
{
    private static readonly Lazy<BicepCompiler> Started = new(() => new BicepCompiler());
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim turn = new(1);
    private readonly StringBuilder complaints = new();
    private readonly Process process;
    private readonly BufferedStream answers;
    private int asked;

    private BicepCompiler()
    {
        process = Process.Start(new ProcessStartInfo(Runnable(), ["jsonrpc", "--stdio"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A plain Linux has no ICU library, without which .NET programs do not start unless told that they may.
            Environment = { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" },
        })!;
        process.ErrorDataReceived += (_, line) => complaints.AppendLine(line.Data);
        process.BeginErrorReadLine();
        answers = new BufferedStream(process.StandardOutput.BaseStream);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    /// <summary>Why there is no compiler on this machine; null where there is one.</summary>
    public static string? Missing { get; } =
        OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture is System.Runtime.InteropServices.Architecture.X64
            ? null
            : "infra is compiled on Linux (x64) only, the system whose compiler the tests' project asks the feed for.";

    /// <exception cref="InvalidOperationException">The compiler refused to answer, or died.</exception>
    public static Task<JsonNode> AskAsync(string method, JsonObject question) => Started.Value.AnswerAsync(method, question);

    public void Dispose()
    {
        process.StandardInput.Close();
        process.Dispose();
        answers.Dispose();
        turn.Dispose();
    }

    private static string Runnable()
    {
        var path = typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == nameof(BicepCompiler)).Value!;
        if (!File.Exists(path)) throw new FileNotFoundException($"The restore did not bring the Bicep compiler to {path}.");

        // NuGet sets the run bit by the system's mask, or not at all.
        if (!OperatingSystem.IsWindows() && !File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute))
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        return path;
    }

    private async Task<JsonNode> AnswerAsync(string method, JsonObject question)
    {
        await turn.WaitAsync();
        try
        {
            return await ExchangeAsync(method, question).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(); // or its late answer would be taken for that of the next question
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<JsonNode> ExchangeAsync(string method, JsonObject question)
    {
        var message = new JsonObject
        {
            ["jsonrpc"] = "2.0", ["id"] = ++asked, ["method"] = method, ["params"] = new JsonArray(question),
        };
        var bytes = Encoding.UTF8.GetBytes(message.ToJsonString());
        var input = process.StandardInput.BaseStream;
        await input.WriteAsync(Encoding.ASCII.GetBytes($"Content-Length: {bytes.Length}\r\n\r\n"));
        await input.WriteAsync(bytes);
        await input.FlushAsync();

        var answer = JsonNode.Parse(await ReadAsync())!;
        return answer["result"] ?? throw new InvalidOperationException($"{method}: {answer["error"]?["message"]}");
    }

    private async Task<byte[]> ReadAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await answers.ReadAsync(one) == 0)
                throw new InvalidOperationException($"The Bicep compiler ended. {complaints}");
            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("\r\n").Single(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal));
        var body = new byte[int.Parse(length.Split(' ')[1], provider: null)];
        await answers.ReadExactlyAsync(body);
        return body;
    }
}
