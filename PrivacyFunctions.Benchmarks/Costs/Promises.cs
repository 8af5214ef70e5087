namespace PrivacyFunctions.Benchmarks.Costs;

/// <summary>What people's rights cost beside the storage calls that they are made of.</summary>
internal static class Promises
{
    public static async Task MeasureAsync(Report report)
    {
        report.Begin(
            "What the promises cost",
            "Through the running system: the host, its proxy, Microsoft's worker, the engine, mail, and storage on Azurite. The "
            + "baseline is the bare storage call, on the same Azurite in the same run, over as many connections.");
        using var folder = new TemporaryFolder();
        await using var host = await ServerProcess.HostAsync(folder.File("data"));
        await Intake.MeasureAsync(report, host);
        await Unsubscribing.MeasureAsync(report, host);
    }
}
