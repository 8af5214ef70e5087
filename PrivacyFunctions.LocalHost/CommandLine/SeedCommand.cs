namespace PrivacyFunctions.LocalHost.CommandLine;

/// <summary>Fills any storage account with the sample company; for a Functions host that runs elsewhere.</summary>
internal static class SeedCommand
{
    public static async Task RunAsync(Command.Seed command, TextWriter output, CancellationToken stopping)
    {
        await FunctionApp.SeedAsync(command.Storage, DateOnly.FromDateTime(DateTime.UtcNow), null, stopping);
        await output.WriteLineAsync("The sample company is in place.");
    }
}
