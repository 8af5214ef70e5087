using System.Runtime.Versioning;
using PrivacyFunctions.LocalHost.Azurite;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.Tests.Ground;

/// <summary>With stand-ins for node and npm; <see cref="AzuriteProcessTests"/> uses the real ones.</summary>
[UnsupportedOSPlatform("windows")] // the stand-ins are shell scripts
public sealed class AzuriteInstallationTests : IDisposable
{
    private const string InstallsAndCounts =
        "mkdir -p node_modules/azurite/dist/src && touch node_modules/azurite/dist/src/azurite.js && echo run >> ../../runs";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ensure_NoNode_SaysWhatToInstall()
    {
        var problem = await RefusedAsync(new AzuriteInstallation(_ => null, _folder.File("home")));

        Assert.Equal(
            "Node.js was not found on the PATH: install version 20 or newer (with npm); Azurite, the local storage, runs on it.",
            problem.Message);
    }

    [Fact]
    public async Task Ensure_OldNode_SaysWhichIsThereAndWhichIsNeeded()
    {
        var node = Program("node", "echo v18.19.1");

        var problem = await RefusedAsync(new AzuriteInstallation(name => name == "node" ? node : null, _folder.File("home")));

        Assert.Contains("too old (it says \"v18.19.1\"): install version 20 or newer", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ensure_NoNpm_SaysWhatToInstall()
    {
        var node = Program("node", "echo v22.1.0");

        var problem = await RefusedAsync(new AzuriteInstallation(name => name == "node" ? node : null, _folder.File("home")));

        Assert.StartsWith(
            "npm was not found on the PATH: install Node.js 20 or newer together with npm",
            problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ensure_NpmFails_SaysItsExitCodeAndLastLinesAndTheNextTrySucceeds()
    {
        var failing = Installation("echo one; echo two; echo three; echo four; echo five; echo six >&2; exit 7");

        var problem = await RefusedAsync(failing);

        Assert.Equal("npm could not install Azurite (exit code 7); its last lines were: two | three | four | five | six", problem.Message);
        Assert.True(File.Exists((await Installation(InstallsAndCounts).EnsureAsync(AzuriteProcessTests.Silent(), default)).Script));
        Assert.Single(Directory.GetDirectories(_folder.File("home")));
    }

    [Fact]
    public async Task Ensure_FourAtOnce_InstallsOnce()
    {
        var installation = Installation(InstallsAndCounts);

        var installed = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => installation.EnsureAsync(AzuriteProcessTests.Silent(), default)));

        Assert.Single(installed.Distinct());
        Assert.Single(await File.ReadAllLinesAsync(_folder.File("runs")));
    }

    [Fact]
    public async Task LockFile_NamesNoDownloadAddress()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(AzuriteInstallation.PackageFolder, "package-lock.json"));

        Assert.DoesNotContain("\"resolved\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".tgz", text, StringComparison.Ordinal);
    }

    private static Task<StartUpProblem> RefusedAsync(AzuriteInstallation installation) =>
        Assert.ThrowsAsync<StartUpProblem>(() => installation.EnsureAsync(AzuriteProcessTests.Silent(), default));

    private AzuriteInstallation Installation(string npmScript)
    {
        var node = Program("node", "echo v20.0.0");
        var npm = Program("npm", npmScript);
        return new AzuriteInstallation(name => name == "node" ? node : npm, _folder.File("home"));
    }

    private string Program(string name, string script)
    {
        var path = _folder.File($"{name}-{Guid.NewGuid():N}");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
