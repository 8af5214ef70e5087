namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>A durable timer, or a delayed start, that waits.</summary>
internal sealed record WaitingTimer(string InstanceId, string Orchestrator, DateTimeOffset At);

/// <summary>What waits in a span of time.</summary>
/// <param name="First">The earliest ones, in order of their instants.</param>
/// <param name="InAll">How many there are.</param>
internal sealed record WaitingTimers(IReadOnlyList<WaitingTimer> First, int InAll);
