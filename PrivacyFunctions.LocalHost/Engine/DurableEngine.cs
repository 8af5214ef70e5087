#pragma warning disable CA1822
using Microsoft.DurableTask.Protobuf;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>How the engine runs.</summary>
internal sealed record DurableEngineOptions
{
    /// <summary>The SQLite file; made with its folder when it is not there.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>The version of instances that are started without one: host.json's <c>defaultVersion</c>.</summary>
    public string DefaultVersion { get; init; } = "";
}

/// <summary>A skeleton: what the host is compiled against until the engine is merged.</summary>
internal sealed class DurableEngine(DurableEngineOptions options, IDurableWorker worker, TimeProvider time, ILoggerFactory loggers)
    : IHostedService, IAsyncDisposable
{
    public DurableEngineOptions Options => options;

    public IDurableWorker Worker => worker;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public DateTimeOffset? NextDue() => time.GetUtcNow() is var _ && loggers is not null ? null : null;

    public WaitingTimers Upcoming(int limit, DateTimeOffset? until = null) => new([], 0);

    public Task WhenIdleAsync(CancellationToken cancellation) => Task.CompletedTask;

    public IReadOnlyList<HistoryEvent> ReadHistory(string instanceId) => [];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>A durable timer, or a delayed start, that waits.</summary>
internal sealed record WaitingTimer(string InstanceId, string Orchestrator, DateTimeOffset At);

/// <summary>What waits in a span of time.</summary>
/// <param name="First">The earliest ones, in order of their instants.</param>
/// <param name="InAll">How many there are.</param>
internal sealed record WaitingTimers(IReadOnlyList<WaitingTimer> First, int InAll);

/// <summary>Durable Task's client protocol, answered by the engine: what a durable client binding speaks to.</summary>
internal sealed class TaskHubService(DurableEngine engine) : TaskHubSidecarService.TaskHubSidecarServiceBase
{
    public DurableEngine Engine => engine;
}
