using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.LocalHost.Storage;

/// <summary>Statuses as SQL.</summary>
internal static class InstanceStatus
{
    /// <summary>The number of Pending.</summary>
    public const string Pending = "6";

    /// <summary>Condition on a row of Instances: completed, failed or terminated.</summary>
    public const string IsFinished = "status IN (1, 3, 5)";

    /// <summary>Condition on a row of Instances: not finished.</summary>
    public const string IsUnfinished = "status NOT IN (1, 3, 5)";

    public static bool IsTerminal(this OrchestrationRuntimeStatus status) => status
        is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}
