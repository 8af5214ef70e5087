using System.Diagnostics;
using System.Runtime.InteropServices;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.Azurite;

/// <summary>
/// What .NET's Process cannot do with a process that is not its child: read its command line and ask it to end. A process
/// that has ended but was not yet collected by its parent (a zombie) counts as gone.
/// </summary>
internal static class OtherProcess
{
    private const int SigTerm = 15;

    /// <summary>The arguments of a living process joined by blanks, or null when there is none of that id. On Windows,
    /// which does not tell, the program's path.</summary>
    public static async Task<string?> CommandLineAsync(int processId, CancellationToken cancellation)
    {
        if (OperatingSystem.IsLinux())
            return FromProc(processId);
        if (OperatingSystem.IsWindows())
            return FromWindows(processId);
        var answer = await ChildProgram.RunAsync(
            "ps", ["-o", "stat=,command=", "-p", $"{processId}"], AppContext.BaseDirectory, cancellation);
        return answer.ExitCode != 0 || answer.Output.StartsWith('Z') ? null : answer.Output;
    }

    /// <summary>
    /// Asks the process to save and end (SIGTERM). Windows has no such request: there it is ended at once, and what Azurite
    /// acknowledged in the last five seconds, the interval at which it saves, may be lost.
    /// </summary>
    public static void AskToEnd(int processId)
    {
        if (OperatingSystem.IsWindows())
            Process.GetProcessById(processId).Kill();
        else
            _ = Kill(processId, SigTerm); // fails only when it has ended by itself, which is what we want
    }

    private static string? FromProc(int processId)
    {
        try
        {
            // A zombie's command line is empty.
            var line = File.ReadAllText($"/proc/{processId}/cmdline").Replace('\0', ' ').Trim();
            return line.Length == 0 ? null : line;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null; // ended, or a later process of another user that got the same id
        }
    }

    private static string? FromWindows(int processId)
    {
        try
        {
            return Process.GetProcessById(processId).MainModule?.FileName;
        }
        catch (ArgumentException)
        {
            return null; // no such process
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
