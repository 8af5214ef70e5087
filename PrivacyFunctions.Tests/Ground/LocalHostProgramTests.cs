using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using PrivacyFunctions.LocalHost.Azurite;
using PrivacyFunctions.LocalHost.StartUp;
using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Ground;

/// <summary>The program itself: exit codes, the one sentence, the orderly stop. Mostly by its outbox command,
/// which starts at once.</summary>
public sealed class LocalHostProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Program_AskedToStop_ExitsWithZero()
    {
        using var host = Start("outbox", "--port", "0", "--data", _folder.Path, "--stop-at", "input-end");
        await ReadUntilReadyAsync(host);

        OtherProcess.AskToEnd(host.Id);

        await host.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, host.ExitCode);
    }

    [Fact]
    public async Task Program_InputEnds_StopsItsAzuriteAndExitsWithZero()
    {
        var folder = await SeededFolder.CopyAsync();
        using var host = Start("--port", "0", "--desk-port", "0", "--data", folder, "--stop-at", "input-end");
        await ReadUntilReadyAsync(host);
        var azurite = AzuriteRecord.Read(Path.Combine(folder, "azurite.json"))!.ProcessId;
        Assert.NotNull(await OtherProcess.CommandLineAsync(azurite, default));

        // As when the process that started it is killed: its ends of all three pipes close.
        host.StandardOutput.Close();
        host.StandardError.Close();
        host.StandardInput.Close();

        await host.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, host.ExitCode);
        Assert.Null(await OtherProcess.CommandLineAsync(azurite, default));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Program_KilledHard_FreesTheDataFolder()
    {
        using var host = Start("outbox", "--port", "0", "--data", _folder.Path, "--stop-at", "input-end");
        await ReadUntilReadyAsync(host);
        Assert.Throws<StartUpProblem>(() => DataFolder.Open(_folder.Path));

        host.Kill();
        await host.WaitForExitAsync();

        using var free = DataFolder.Open(_folder.Path);
    }

    [Fact]
    public async Task Program_FolderInUse_SaysOneSentenceAndExitsWithOne()
    {
        using var first = DataFolder.Open(_folder.Path);

        var (exitCode, errors) = await RunAsync("--data", _folder.Path);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"The data folder {_folder.Path} is in use by another local host: stop that one first, "
            + "or choose another folder with --data.\n",
            errors);
    }

    [Fact]
    public async Task Program_WorkerFolderWithoutAnApp_SaysHowToMakeOneBeforeAnythingStarts()
    {
        var (exitCode, errors) = await RunAsync("--data", Path.Combine(_folder.Path, "data"), "--worker", _folder.Path);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"There is no published function app in {_folder.Path}: dotnet publish PrivacyFunctions -o FOLDER makes one.\n", errors);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "data")));
    }

    [Theory]
    [InlineData("garbage", "What --storage says is no connection string of a storage account.\n")]
    [InlineData("UseDevelopmentStorage=maybe", "What --storage says is no connection string of a storage account.\n")]
    public async Task Seed_StorageThatCannotBe_SaysOneSentence(string storage, string sentence)
    {
        var (exitCode, errors) = await RunAsync("seed", "--storage", storage);

        Assert.Equal((1, sentence), (exitCode, errors));
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--desk-port")]
    public async Task Program_PortTaken_NamesThePortAndTheOptionAndExitsWithOne(string option)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var free = option == "--port" ? "--desk-port" : "--port";

        var (exitCode, errors) = await RunAsync("--data", _folder.Path, option, $"{port}", free, "0");

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"Port {port} on 127.0.0.1 cannot be used, most likely because another program listens there: "
            + $"stop that one, or choose another port with {option}.\n",
            errors);
    }

    [Fact]
    public async Task Program_UnknownArgument_SaysSoAndExitsWithTwo()
    {
        var (exitCode, errors) = await RunAsync("--prot", "1");

        Assert.Equal(2, exitCode);
        Assert.Equal("Unrecognized command or argument '--prot'.\n--help shows what there is.\n", errors);
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "PrivacyFunctions.LocalHost.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static async Task ReadUntilReadyAsync(Process host)
    {
        string? line;
        do
        {
            line = await host.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.NotNull(line);
        }
        while (!line.StartsWith("Ready", StringComparison.Ordinal));
    }

    private static async Task<(int ExitCode, string Errors)> RunAsync(params string[] arguments)
    {
        using var host = Start(arguments);
        var output = host.StandardOutput.ReadToEndAsync();
        var errors = await host.StandardError.ReadToEndAsync();
        await output;
        await host.WaitForExitAsync();
        return (host.ExitCode, errors.ReplaceLineEndings("\n"));
    }
}
