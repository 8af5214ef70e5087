using System.Diagnostics;

namespace PrivacyFunctions.LocalHost.StartUp;

/// <summary>How a short-lived program ended: exit code and all it wrote, both streams, trimmed.</summary>
internal sealed record ProgramResult(int ExitCode, string Output);

/// <summary>Runs a helper program (node, npm) to its end.</summary>
internal static class ChildProgram
{
    /// <summary>Cancelling kills the program and what it started, then throws.</summary>
    public static async Task<ProgramResult> RunAsync(
        string program, IEnumerable<string> arguments, string workingFolder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new ProgramResult(process.ExitCode, (await output + await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
