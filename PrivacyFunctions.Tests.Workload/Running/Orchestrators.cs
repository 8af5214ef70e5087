using Google.Protobuf;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Grpc;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PrivacyFunctions.Tests.Workload.Running;

/// <summary>Runs turns of orchestrators with Microsoft's own runner, the one that the Functions worker calls.</summary>
internal sealed class Orchestrators : IDisposable
{
    private readonly ILoggerFactory _loggers;
    private readonly ExtendedSessionsCache _sessions = new();
    private readonly ServiceProvider _services;

    /// <param name="longestTimer">The longest piece of a timer; the local host's worker does not cut them.</param>
    public Orchestrators(ILoggerFactory loggers, TimeSpan? longestTimer = null)
    {
        _loggers = loggers;
        var options = new DurableTaskWorkerOptions
        {
            DataConverter = DurableJson.Converter,
            MaximumTimerInterval = longestTimer ?? TimeSpan.FromDays(3650),
        };
        _services = new ServiceCollection().AddSingleton(new DurableTaskShimFactory(options, loggers)).BuildServiceProvider();
    }

    public OrchestratorResponse Run(OrchestratorRequest turn, OrchestratorFunction code) => OrchestratorResponse.Parser.ParseFrom(
        Convert.FromBase64String(GrpcOrchestrationRunner.LoadAndRun(
            Convert.ToBase64String(turn.ToByteArray()), new Orchestrator(code, _loggers), _sessions, _services)));

    public void Dispose()
    {
        _sessions.Dispose();
        _services.Dispose();
    }

    private sealed class Orchestrator(OrchestratorFunction code, ILoggerFactory loggers) : ITaskOrchestrator
    {
        public Type InputType => typeof(object);

        public Type OutputType => typeof(object);

        public Task<object?> RunAsync(TaskOrchestrationContext context, object? input) =>
            code(new FunctionContextStandIn(context, loggers));
    }
}
