using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.LocalHost.Runtime;
using PrivacyFunctions.Tests.Workload;

// Workload FOLDER COUNT: starts COUNT cases and sends each its event, skipping what an earlier run had acknowledged, works
// until all have finished, and says "done". Each line it prints is a point at which the test may kill it.
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

    if (!ledger.Has($"told {id}"))
    {
        if (await engine.Client.GetInstanceAsync(id) is { IsCompleted: false })
            await engine.Client.RaiseEventAsync(id, CaseFunctions.Go);
        ledger.Add($"told {id}");
    }
}

for (var number = 0; number < count; number++)
    await engine.Client.WaitForInstanceCompletionAsync(CaseFunctions.Id(number));
Console.Out.WriteLine("done");
