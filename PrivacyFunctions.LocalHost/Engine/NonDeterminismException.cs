using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// The orchestrator's code takes other decisions than those in the instance's history. The instance fails with this text.
/// </summary>
internal sealed class NonDeterminismException(string orchestrator, int id, string? expected, string? found) : Exception(
    $"Orchestrator '{orchestrator}' does not fit its history at step #{id}: "
    + $"expected {expected ?? "nothing"} (from the history), found {found ?? "nothing"} (from the code). "
    + "The orchestrator's code was changed while this instance was alive, or it does not decide the same way every time.")
{
    /// <summary>Refuses a decision of the code that is not the recorded one.</summary>
    public static void ThrowUnlessSame(string orchestrator, Decision recorded, Decision? taken)
    {
        if (!string.Equals(recorded.Describe(), taken?.Describe(), StringComparison.OrdinalIgnoreCase))
            throw new NonDeterminismException(orchestrator, recorded.Id, recorded.Describe(), taken?.Describe());
    }
}
