using Microsoft.DurableTask.Client;

namespace PrivacyFunctions.LocalHost.Storage;

/// <summary>Statuses as SQL.</summary>
internal static class InstanceStatus
{
    /// <summary>The number of Pending.</summary>
    public const string Pending = "6";

    /// <summary>
    /// Condition on an id, at @now: suspended, so its messages wait; but a turn that the suspension found running is still to
    /// end.
    /// </summary>
    public const string IsHeld =
        "id IN (SELECT id FROM Instances WHERE suspended = 1 AND (lockUntil IS NULL OR lockUntil <= @now))";

    /// <summary>Condition on a row i of Instances: the present execution's first turn has not run.</summary>
    public const string IsUnstarted =
        "NOT EXISTS (SELECT 1 FROM History h WHERE h.id = i.id AND h.executionId = i.executionId)";

    /// <summary>Condition on a row of Instances: completed, failed or terminated.</summary>
    public const string IsFinished = "status IN (1, 3, 5)";

    /// <summary>Condition on a row of Instances: not finished.</summary>
    public const string IsUnfinished = "status NOT IN (1, 3, 5)";

    public static bool IsTerminal(this OrchestrationRuntimeStatus status) => status
        is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}
