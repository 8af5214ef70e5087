using PrivacyFunctions.LocalHost.Azurite;
using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.CommandLine;

/// <summary>
/// The whole thing: storage, outbox, app, in this order, until a signal stops it; then in the reverse order, so that what the
/// app still writes and sends while it stops finds its storage and its outbox.
/// </summary>
internal static class RunCommand
{
    public static async Task RunAsync(Command.Run command, TextWriter output, CancellationToken stopping)
    {
        output.WriteLine("PrivacyFunctions starts on this machine.");
        output.WriteLine();
        var progress = new Progress(output, TimeProvider.System);

        using var data = DataFolder.Open(command.Data ?? DataFolder.Default);
        var port = LoopbackServer.EnsureFree(command.Port, "--port");
        var deskPort = LoopbackServer.EnsureFree(command.DeskPort, "--desk-port");
        var links = new LocalLinks($"http://127.0.0.1:{port}", $"http://127.0.0.1:{deskPort}");

        await using var azurite = await AzuriteProcess.StartAsync(data, AzuriteInstallation.Default, progress.Begin("Azurite"), stopping);
        var settings = AppSettings.For(data, azurite.ConnectionString, links);

        var deskStep = progress.Begin("Outbox");
        await using var desk = await Desk.StartAsync(
            deskPort, "--desk-port", new OutboxOptions(data.Outbox, links.OfTheDesk), cancellation: stopping);
        deskStep.SayWithTime($"ready on {desk.Address}");

        await using var app = await FunctionApp.StartAsync(port, data, settings, progress, stopping);

        progress.Ready(
            links.All,
            $"Keys for the protected addresses (header x-functions-key): {Path.Combine(data.Root, "keys")}",
            $"Everything is kept in {data.Root}. Ctrl-C stops it; the next start finds it where it was.");
        await StopSignals.WaitAsync(stopping);
        output.WriteLine("Stopping.");
        output.Flush();
    }
}
