namespace PrivacyFunctions.Benchmarks;

/// <summary>From the start of the program to the first page that it answers with, storage emulator and sample company in place.</summary>
internal static class Starts
{
    private const int Times = 5;

    public static async Task MeasureAsync(Report report)
    {
        report.Begin(
            "Start",
            $"From the start of the process to its first answer, the middle one of {Times} starts on a data folder that is there "
            + "already. Azurite starts with the host. The baseline is a Kestrel with one page.");
        using var folder = new TemporaryFolder();
        var page = folder.File("page.html");
        await File.WriteAllTextAsync(page, "<!doctype html><title>A page</title>");
        await using (await ServerProcess.HostAsync(folder.File("data")))
        {
            // It installs Azurite if need be, and makes the sample company.
        }

        report.Compare(
            "start to first answer", await MiddleAsync(() => ServerProcess.HostAsync(folder.File("data"))), "s",
            await MiddleAsync(() => ServerProcess.BareAsync(page)), "bare Kestrel");
    }

    private static async Task<double> MiddleAsync(Func<Task<ServerProcess>> start)
    {
        var seconds = new List<double>();
        for (var time = 0; time < Times; time++)
        {
            await using var server = await start();
            seconds.Add(server.FirstAnswer.TotalSeconds);
        }

        return seconds.Order().ElementAt(Times / 2);
    }
}
