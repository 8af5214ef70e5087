using System.Globalization;

namespace PrivacyFunctions.Benchmarks.Costs;

/// <summary>
/// What the promises cost beside raw calls to the same storage. The variable <c>PF_SCALE</c> measures a share of a purge and a copy, such
/// as 0.1.
/// </summary>
internal static class Promises
{
    public static async Task RequestsAsync(Report report)
    {
        report.Begin(
            "What the promises cost: a request, and a click that unsubscribes",
            "Through the running system: the host, its proxy, Microsoft's worker, the engine, mail, and storage on Azurite. The "
            + "baseline is the bare storage call, on the same Azurite in the same run, over as many connections.");
        using var folder = new TemporaryFolder();
        await using var host = await ServerProcess.HostAsync(folder.File("data"));
        await Intake.MeasureAsync(report, host);
        await Unsubscribing.MeasureAsync(report, host);
    }

    public static Task PurgeAsync(Report report) => MeasureAsync(
        report, "What the promises cost: a purge",
        "Accounts of 5,000 rows, a partition each, are destroyed by the purge's own activities, with the looks at holds. The baseline "
        + "deletes as many rows, of which it knows the keys, in the same run on the same emulator.",
        Purge.MeasureAsync);

    public static Task ExportAsync(Report report) => MeasureAsync(
        report, "What the promises cost: the copy of an account's data",
        "Made by its own activity, from the first row to the hash of the whole. The baseline reads the same rows in the same run on the "
        + "same emulator, and throws them away.",
        Export.MeasureAsync);

    private static async Task MeasureAsync(
        Report report, string title, string about, Func<CostsGround, Report, double, Task> measure)
    {
        var scale = Environment.GetEnvironmentVariable("PF_SCALE") is { Length: > 0 } share
            ? double.Parse(share, CultureInfo.InvariantCulture)
            : 1;
        report.Begin(title, about);
        using var temporary = new TemporaryFolder();
        await using var ground = await CostsGround.StartAsync(temporary);
        await measure(ground, report, scale);
    }
}
