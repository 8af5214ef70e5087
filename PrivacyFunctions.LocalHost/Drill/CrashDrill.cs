using System.Diagnostics;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.LocalHost.Runtime;

namespace PrivacyFunctions.LocalHost.Drill;

/// <summary>
/// Kills this process, as <c>kill -9</c> would, at one named point (<c>--crash-at</c>), so that a test or a doubting visitor
/// can see that nothing is lost there. Points: <c>before:NAME</c> and <c>after:NAME</c> of an activity, where "after" is
/// when its effects are there and the engine does not know it yet; and NAME <c>start</c> or <c>wake</c>, an orchestration
/// being started or woken.
/// </summary>
internal sealed class CrashDrill(string? point)
{
    /// <summary>No drill.</summary>
    public static CrashDrill None { get; } = new(null);

    /// <summary>The activities, with the point among them.</summary>
    public IDurableFunctions Around(IDurableFunctions functions) =>
        point is null ? functions : new DrilledFunctions(functions, this);

    /// <summary>The client, with the point among its calls.</summary>
    public DurableTaskClient Around(DurableTaskClient client) => point is null ? client : new DrilledClient(client, this);

    /// <summary>Runs what may be the point.</summary>
    public async Task<T> RunAsync<T>(string name, Func<Task<T>> run)
    {
        Reach($"before:{name}");
        var result = await run();
        Reach($"after:{name}");
        return result;
    }

    private void Reach(string reached)
    {
        if (!string.Equals(reached, point, StringComparison.OrdinalIgnoreCase)) return;
        using var self = Process.GetCurrentProcess();
        self.Kill(); // SIGKILL: no finally, no flush, nothing runs any more
        Thread.Sleep(Timeout.Infinite);
    }

    private sealed class DrilledFunctions(IDurableFunctions inner, CrashDrill drill) : IDurableFunctions
    {
        public OrchestratorFunction? FindOrchestrator(string name) => inner.FindOrchestrator(name);

        public ActivityFunction? FindActivity(string name) => inner.FindActivity(name) is { } activity
            ? (call, cancellation) => drill.RunAsync(name, () => activity(call, cancellation))
            : null;
    }
}
