using Microsoft.DurableTask.Protobuf;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>Statuses as SQL.</summary>
internal static class InstanceStatus
{
    /// <summary>Condition on a row of Instances: completed, failed or terminated.</summary>
    public const string IsFinished = "status IN (1, 3, 5)";

    /// <summary>Condition on a row of Instances: not finished.</summary>
    public const string IsUnfinished = "status NOT IN (1, 3, 5)";

    /// <summary>Condition on a row of NewEvents: a suspension keeps it from being read.</summary>
    public const string IsHeld = "execution IN (SELECT execution FROM Instances WHERE suspended = 1)";

    public static bool IsTerminal(this OrchestrationStatus status) =>
        status is OrchestrationStatus.Completed or OrchestrationStatus.Failed or OrchestrationStatus.Terminated;
}
