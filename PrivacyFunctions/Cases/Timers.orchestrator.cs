using Microsoft.DurableTask;

namespace PrivacyFunctions.Cases;

/// <summary>Timers that are never early.</summary>
internal static class Timers
{
    // What a timer that fired early waits for once more: as early as that one, it is still not before the instant.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Waits until the orchestration's clock has reached that instant. The host's timers fire up to a second before theirs, and
    /// what follows must not happen then.
    /// </summary>
    public static async Task UntilAsync(
        this TaskOrchestrationContext context, DateTime due, CancellationToken cancellation = default)
    {
        await context.CreateTimer(due, cancellation);
        while (context.CurrentUtcDateTime < due) await context.CreateTimer(due + Margin, cancellation);
    }
}
