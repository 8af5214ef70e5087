using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.CommandLine;

/// <summary>The outbox alone, until a signal stops it.</summary>
internal static class OutboxCommand
{
    public static async Task RunAsync(Command.Outbox command, TextWriter output, CancellationToken stopping)
    {
        using var data = DataFolder.Open(command.Data ?? DataFolder.Default);
        var progress = new Progress(output, TimeProvider.System);
        await using var desk = await Desk.StartAsync(
            command.Port, "--port", new OutboxOptions(data.Outbox, []), cancellation: stopping);
        progress.Ready(
            [new Link("Outbox", $"{desk.Address}/outbox", "")],
            $"Send mail: POST {desk.Address}/v3/mail/send (as to SendGrid, with any key). Mails are kept in {data.Outbox}.",
            "Ctrl-C stops it.");
        await StopSignals.WaitAsync(stopping);
    }
}
