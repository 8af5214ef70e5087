using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.LocalHost.Runtime;
using PrivacyFunctions.Tests.Workload;

// Workload FOLDER COUNT: starts COUNT cases, suspends each, sends it its event and resumes it, skipping what an earlier run
// had acknowledged, works until all have finished, and says "done". Each line it prints is a point at which the test may
// kill it.
var folder = args[0];
var count = int.Parse(args[1], CultureInfo.InvariantCulture);
using var ledger = new Ledger(Path.Combine(folder, "effects.db"));
var functions = new CaseFunctions(ledger, step => Console.Out.WriteLine(step));
await using var engine = new DurableEngine(
    new() { DatabasePath = Path.Combine(folder, "durable.db") }, functions, TimeProvider.System, NullLoggerFactory.Instance);
await engine.StartAsync(CancellationToken.None);

for (var number = 0; number < count; number++)
{
    // As the app does: its own record decides whether to start and to send, the engine's answer is written down at once.
    var id = CaseFunctions.Id(number);
    if (!ledger.Has($"started {id}"))
    {
        if (await engine.Client.GetInstanceAsync(id) is null)
            await engine.Client.ScheduleNewOrchestrationInstanceAsync(CaseFunctions.Case, number, new(id), CancellationToken.None);
        ledger.Add($"started {id}");
    }

    await OnceAsync("suspended", id, () => engine.Client.SuspendInstanceAsync(id));
    await OnceAsync("told", id, () => engine.Client.RaiseEventAsync(id, CaseFunctions.Go));
}

// The other way round, so that every case is suspended for a while.
for (var number = count - 1; number >= 0; number--)
{
    var id = CaseFunctions.Id(number);
    await OnceAsync("resumed", id, () => engine.Client.ResumeInstanceAsync(id));
}

for (var number = 0; number < count; number++)
    await engine.Client.WaitForInstanceCompletionAsync(CaseFunctions.Id(number));
Console.Out.WriteLine("done");

async Task OnceAsync(string what, string id, Func<Task> act)
{
    if (ledger.Has($"{what} {id}"))
        return;
    try
    {
        await act();
    }
    catch (InvalidOperationException)
    {
        // An earlier run did it and was killed before it could write that down; the case has finished since.
        if (await engine.Client.GetInstanceAsync(id) is not { IsCompleted: true })
            throw;
    }

    ledger.Add($"{what} {id}");
}
