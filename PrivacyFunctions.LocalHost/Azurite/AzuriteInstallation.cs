using System.Security.Cryptography;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.Azurite;

/// <summary>A Node and the Azurite program for it.</summary>
internal sealed record InstalledAzurite(string Node, string Script);

/// <summary>
/// Azurite from npm, exactly as its lock file says, in a folder named after that lock file: a new version installs beside the
/// old one, and all hosts and tests of a clone share one installation.
/// </summary>
/// <param name="find">Looks up node and npm.</param>
/// <param name="home">Where installations live; created when needed.</param>
internal sealed class AzuriteInstallation(FindExecutable find, string home)
{
    private const int OldestNode = 20;
    private const int LinesOfNpmShown = 5;
    private static readonly TimeSpan LongestInstallation = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenProgressLines = TimeSpan.FromSeconds(5);
    private static readonly string[] PackageFiles = ["package.json", "package-lock.json", ".npmrc"];

    /// <summary>Installed at the top of the clone, with the programs of this machine.</summary>
    public static AzuriteInstallation Default => new(Executables.OnPath, Repository.LocalFolder);

    /// <summary>The package files and the launcher, beside this program.</summary>
    internal static string PackageFolder { get; } = Path.Combine(AppContext.BaseDirectory, "Azurite", "npm");

    /// <summary>
    /// Installs on the first use (about 20 seconds, with progress lines); afterwards only looks. Processes that come at the
    /// same time wait for the first; an installation cut short is not taken for a finished one.
    /// </summary>
    /// <exception cref="StartUpProblem">Node or npm is missing or too old, or npm failed.</exception>
    public async Task<InstalledAzurite> EnsureAsync(ProgressStep step, CancellationToken cancellation)
    {
        var node = await FindNodeAsync(cancellation);
        var lockFile = await File.ReadAllBytesAsync(Path.Combine(PackageFolder, "package-lock.json"), cancellation);
        var folder = Path.Combine(home, $"azurite-npm-{Convert.ToHexStringLower(SHA256.HashData(lockFile))[..12]}");
        var installed = new InstalledAzurite(node, Path.Combine(folder, "node_modules", "azurite", "dist", "src", "azurite.js"));
        if (File.Exists(installed.Script))
            return installed;

        Directory.CreateDirectory(home);
        using var alone = await FileLock.TakeAsync($"{folder}.lock", LongestInstallation, cancellation)
            ?? throw new StartUpProblem(
                $"Another process has been installing Azurite into {folder} for ten minutes: stop it, then start again.");
        if (!File.Exists(installed.Script))
            await InstallAsync(folder, step, cancellation);
        return installed;
    }

    private async Task InstallAsync(string folder, ProgressStep step, CancellationToken cancellation)
    {
        var npm = find("npm") ?? throw new StartUpProblem(
            "npm was not found on the PATH: install Node.js 20 or newer together with npm; "
            + "Azurite, the local storage, is installed by it.");
        foreach (var cutShort in Directory.EnumerateDirectories(home, $"{Path.GetFileName(folder)}.partial-*"))
            Directory.Delete(cutShort, recursive: true);
        var partial = $"{folder}.partial-{Guid.NewGuid():N}";
        Directory.CreateDirectory(partial);
        foreach (var file in PackageFiles)
            File.Copy(Path.Combine(PackageFolder, file), Path.Combine(partial, file));

        step.Say("installing from npm, on the first start only");
        var npmRun = ChildProgram.RunAsync(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], partial, cancellation);
        using (var tick = new PeriodicTimer(BetweenProgressLines))
            for (var due = tick.WaitForNextTickAsync(cancellation).AsTask(); await Task.WhenAny(npmRun, due) != npmRun;
                 due = tick.WaitForNextTickAsync(cancellation).AsTask())
                step.SayWithTime("still installing");
        var result = await npmRun;
        if (result.ExitCode != 0)
            throw new StartUpProblem(
                $"npm could not install Azurite (exit code {result.ExitCode}); its last lines were: {LastLines(result.Output)}");
        Directory.Move(partial, folder);
        step.SayWithTime("installed");
    }

    private async Task<string> FindNodeAsync(CancellationToken cancellation)
    {
        var node = find("node") ?? throw new StartUpProblem(
            $"Node.js was not found on the PATH: install version {OldestNode} or newer (with npm); "
            + "Azurite, the local storage, runs on it.");
        var answer = await ChildProgram.RunAsync(node, ["--version"], AppContext.BaseDirectory, cancellation);
        if (!Version.TryParse(answer.Output.TrimStart('v'), out var version) || version.Major < OldestNode)
            throw new StartUpProblem(
                $"Node.js at {node} is too old (it says \"{answer.Output}\"): install version {OldestNode} or newer; "
                + "Azurite, the local storage, runs on it.");
        return node;
    }

    private static string LastLines(string output) =>
        string.Join(
            " | ",
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(LinesOfNpmShown));
}
