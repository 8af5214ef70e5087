using System.Diagnostics;

namespace PrivacyFunctions.LocalHost.StartUp;

/// <summary>How a short-lived program ended: exit code and all it wrote, both streams, trimmed.</summary>
internal sealed record ProgramResult(int ExitCode, string Output);

/// <summary>Runs a helper program (node, npm) to its end.</summary>
internal static class ChildProgram
{
    /// <summary>Cancelling kills the program and what it started, then throws.</summary>
    /// <param name="environment">Variables that it has besides this process's own.</param>
    public static async Task<ProgramResult> RunAsync(
        string program, IEnumerable<string> arguments, string workingFolder, CancellationToken cancellation,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
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
