using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Cases.Model;

/// <summary>Which cases stand still though they should not. Pure.</summary>
public static class Silence
{
    // A host that was away has caught up by then.
    private static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    private static readonly TimeSpan LongestWork = TimeSpan.FromDays(7);

    /// <summary>
    /// Whether the case's workflow had something to do a day ago and has not done it, or is at work and has come to nothing for a week.
    /// </summary>
    /// <param name="found">The case.</param>
    /// <param name="changedAt">When it changed for the last time, by the real clock; null if that cannot be read, which counts as long ago.</param>
    /// <param name="clock">The legal clock.</param>
    /// <param name="now">The real clock.</param>
    public static bool IsSilent(Case found, DateTimeOffset? changedAt, LegalClock clock, DateTimeOffset now) =>
        !found.IsClosed
        && (found.GoesOnAt is { } at ? now >= clock.Arrives(at) + Slack : found.IsAtWork && !(now < changedAt + LongestWork));

    /// <summary>Whether a case is old enough to have a workflow: one that was just received may still be waiting for its start.</summary>
    public static bool HasToHaveAWorkflow(Case found, LegalClock clock, DateTimeOffset now) =>
        !found.IsClosed && now >= clock.Arrives(found.ReceivedAt) + Slack;
}
