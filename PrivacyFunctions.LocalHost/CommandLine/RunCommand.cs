using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Callers;
using PrivacyFunctions.LocalHost.Azurite;
using PrivacyFunctions.LocalHost.Drill;
using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.LocalHost.Sample;
using PrivacyFunctions.LocalHost.StartUp;
using PrivacyFunctions.LocalHost.TimeMachine;
using PrivacyFunctions.LocalHost.Worker;

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

        if (command.Worker is { } folder) ChildWorker.EnsurePublished(folder);
        using var data = DataFolder.Open(command.Data ?? DataFolder.Default);
        var clock = ClockStart.Open(data, command.Clock);
        var port = LoopbackServer.EnsureFree(command.Port, "--port");
        var deskPort = LoopbackServer.EnsureFree(command.DeskPort, "--desk-port");
        var links = new LocalLinks($"http://127.0.0.1:{port}", $"http://127.0.0.1:{deskPort}");

        await using var azurite = await AzuriteProcess.StartAsync(
            data, AzuriteInstallation.Default, progress.Begin("Azurite"), stopping);
        var settings = AppSettings.For(data, azurite.ConnectionString, links);

        if (command.Seeded)
        {
            var seeding = progress.Begin("Sample company");
            await FunctionApp.SeedAsync(
                azurite.ConnectionString, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), null, stopping);
            seeding.SayWithTime("in place");
        }

        else
        {
            await FunctionApp.MakeStoresAsync(settings, stopping);
        }

        await FunctionApp.EnterOperatorAsync(data, azurite.ConnectionString, stopping);
        var timeMachine = new TaskCompletionSource<TimeMachineParts>();
        var deskStep = progress.Begin("Outbox");
        await using var desk = await Desk.StartAsync(
            deskPort,
            "--desk-port",
            new OutboxOptions(data.Outbox, links.OfTheDesk),
            services => services.AddSingleton<TimeProvider>(clock),
            endpoints =>
            {
                endpoints.MapTimeMachine(timeMachine.Task);
                endpoints.MapCompany(new SampleSignIn(data.SignInKey, clock), links.Site);
            },
            stopping);
        deskStep.SayWithTime($"ready on {desk.Address}");

        var appStep = progress.Begin("Function app");
        using var log = FunctionApp.CreateLog();
        await using var app = await FunctionApp.StartAsync(
            port, data, settings, clock, new CrashDrill(command.CrashAt), command.Worker, log, stopping);
        await using var parts = TimeMachineParts.Of(app, desk.Mails, data.Timeline, log);
        timeMachine.SetResult(parts);
        appStep.SayWithTime($"ready on {links.Site}");

        progress.Ready(
            links.All,
            $"What operators do is in docs/operators.http; this machine's operator has the key (header {CallerKey.Header}) in "
                + Path.Combine(data.Root, "keys", "operator.key"),
            $"Everything is kept in {data.Root}. Ctrl-C stops it; the next start finds it where it was.");
        var stopped = StopSignals.WaitAsync(stopping);
        await Task.WhenAny(stopped, app.WorkerEnded);
        if (!stopped.IsCompleted)
            throw new StartUpProblem(
                "The function app's worker has ended or does not answer any more; what it said stands above. Nothing is lost: "
                + "start again, and everything goes on where it was.");
        output.WriteLine("Stopping.");
        output.Flush();
    }
}
