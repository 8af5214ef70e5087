using System.Globalization;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.Tests.Workload;
using PrivacyFunctions.Tests.Workload.Running;

// Workload FOLDER COUNT: starts COUNT cases, suspends each, sends it its event and resumes it, skipping what an earlier run
// had acknowledged, works until all have finished, and says "done". Each line it prints is a point at which the test may
// kill it.
var folder = args[0];
var count = int.Parse(args[1], CultureInfo.InvariantCulture);
using var ledger = new Ledger(Path.Combine(folder, "effects.db"));
using var worker = new RunnerWorker(
    new CaseFunctions(ledger, step => Console.Out.WriteLine(step)), NullLoggerFactory.Instance);
await using var engine = new DurableEngine(
    new() { DatabasePath = Path.Combine(folder, "durable.db") }, worker, TimeProvider.System, NullLoggerFactory.Instance);
await engine.StartAsync(CancellationToken.None);
var socket = Path.Combine(folder, "door");
File.Delete(socket); // a killed process leaves it
await using var door = await EngineDoor.OpenAsync(socket, () => engine);
var client = door.Client;

for (var number = 0; number < count; number++)
{
    // As the app does: its own record decides whether to start and to send, the engine's answer is written down at once.
    var id = CaseFunctions.Id(number);
    if (!ledger.Has($"started {id}"))
    {
        if (await client.GetInstanceAsync(id) is null)
            await client.ScheduleNewOrchestrationInstanceAsync(CaseFunctions.Case, number, new(id), CancellationToken.None);
        ledger.Add($"started {id}");
    }

    await OnceAsync("suspended", id, () => client.SuspendInstanceAsync(id));
    await OnceAsync("told", id, () => client.RaiseEventAsync(id, CaseFunctions.Go));
}

// The other way round, so that every case is suspended for a while.
for (var number = count - 1; number >= 0; number--)
{
    var id = CaseFunctions.Id(number);
    await OnceAsync("resumed", id, () => client.ResumeInstanceAsync(id));
}

for (var number = 0; number < count; number++)
    await client.WaitForInstanceCompletionAsync(CaseFunctions.Id(number));
Console.Out.WriteLine("done");

async Task OnceAsync(string what, string id, Func<Task> act)
{
    if (ledger.Has($"{what} {id}"))
        return;
    try
    {
        await act();
    }
    catch (RpcException refusal) when (refusal.StatusCode == StatusCode.FailedPrecondition)
    {
        // An earlier run did it and was killed before it could write that down: the case is in that state, or has finished.
    }

    ledger.Add($"{what} {id}");
}
