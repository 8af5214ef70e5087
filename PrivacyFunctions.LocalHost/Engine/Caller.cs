namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// Where a sub-orchestration's reply goes: the parent, the one execution of it that asked, and the id under which it waits.
/// A reply to an execution that is gone is dropped, so it can never complete a newer execution's call of the same id.
/// </summary>
internal sealed record Caller(string Name, string InstanceId, string ExecutionId, int TaskId);
