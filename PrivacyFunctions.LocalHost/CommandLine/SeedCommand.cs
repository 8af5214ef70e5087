using Azure.Data.Tables;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.CommandLine;

/// <summary>Fills any storage account with the sample company; for a Functions host that runs elsewhere.</summary>
internal static class SeedCommand
{
    public static async Task RunAsync(Command.Seed command, TextWriter output, CancellationToken stopping)
    {
        Check(command.Storage);
        await StorageAnswer.OrProblemAsync(
            () => FunctionApp.SeedAsync(command.Storage, DateOnly.FromDateTime(DateTime.UtcNow), null, stopping));
        await output.WriteLineAsync("The sample company is in place.");
    }

    private static void Check(string storage)
    {
        try
        {
            _ = new TableServiceClient(storage);
        }
        catch (Exception unreadable) when (unreadable is FormatException or InvalidOperationException or ArgumentException)
        {
            throw new StartUpProblem("What --storage says is no connection string of a storage account.", unreadable);
        }
    }
}
