using System.Diagnostics;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.DurableTask.Protobuf;
using PrivacyFunctions.LocalHost.Engine;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.Drill;

/// <summary>
/// Kills this process, as <c>kill -9</c> would, at one named point (<c>--crash-at</c>), so that a test or a doubting visitor
/// can see that nothing is lost there. Points: <c>before:NAME</c> and <c>after:NAME</c> of an activity, where "after" is
/// when its effects are there and the engine does not know it yet; and NAME <c>start</c> or <c>wake</c>, an orchestration
/// being started or woken.
/// </summary>
/// <param name="point">Where it dies; null is no drill.</param>
/// <param name="die">How it dies, when not by its process's own SIGKILL: given the engine, it ends all that would have ended
/// with the process.</param>
internal sealed class CrashDrill(string? point, Action<DurableEngine>? die = null) : Interceptor
{
    private const string Start = "start";
    private const string Wake = "wake";

    private DurableEngine? _engine;

    /// <summary>No drill.</summary>
    public static CrashDrill None { get; } = new(null);

    /// <summary>Refuses a point that is never reached.</summary>
    /// <param name="activities">The names of the app's activities.</param>
    /// <exception cref="StartUpProblem">There is no such point; the message lists what there is.</exception>
    public void Check(IEnumerable<string> activities)
    {
        string[] names = [Start, Wake, .. activities.Order(StringComparer.Ordinal)];
        if (point is null || names.Any(name => Same($"before:{name}", point) || Same($"after:{name}", point))) return;
        throw new StartUpProblem(
            $"There is no crash point \"{point}\". It is before:NAME or after:NAME, with one of these names: {string.Join(", ", names)}.");
    }

    /// <summary>Tells which engine dies at the point.</summary>
    public void Concerns(DurableEngine engine)
    {
        if (point is not null) _engine = engine;
    }

    /// <summary>The worker, with the point among its activities.</summary>
    public IDurableWorker Around(IDurableWorker worker) => point is null ? worker : new DrilledWorker(worker, this);

    /// <summary>A call of a durable client, which may be the point.</summary>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        context.Method.Split('/')[^1] switch
        {
            nameof(TaskHubSidecarService.TaskHubSidecarServiceBase.StartInstance) => RunAsync(Start, () => continuation(request, context)),
            nameof(TaskHubSidecarService.TaskHubSidecarServiceBase.RaiseEvent) => RunAsync(Wake, () => continuation(request, context)),
            _ => continuation(request, context),
        };

    private async Task<T> RunAsync<T>(string name, Func<Task<T>> run)
    {
        Reach($"before:{name}");
        var result = await run();
        Reach($"after:{name}");
        return result;
    }

    private void Reach(string reached)
    {
        if (!Same(reached, point)) return;
        if (die is null) KillProcess(reached);
        else die(_engine!);
        throw new InvalidOperationException($"It has died at {reached}: nothing of it goes on.");
    }

    private static void KillProcess(string reached)
    {
        Console.Error.WriteLine($"Reached {reached}: this process kills itself now, as --crash-at says.");
        using var self = Process.GetCurrentProcess();
        self.Kill(); // SIGKILL: no finally, no flush, nothing runs any more
        Thread.Sleep(Timeout.Infinite);
    }

    private static bool Same(string one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private sealed class DrilledWorker(IDurableWorker inner, CrashDrill drill) : IDurableWorker
    {
        public Task<OrchestratorResponse> RunTurnAsync(
            string orchestrator, OrchestratorRequest turn, CancellationToken stopping) =>
            inner.RunTurnAsync(orchestrator, turn, stopping);

        public Task<ActivityOutcome> RunActivityAsync(ActivityCall call, CancellationToken stopping) =>
            drill.RunAsync(call.Name, () => inner.RunActivityAsync(call, stopping));
    }
}
