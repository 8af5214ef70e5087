using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests;

/// <summary>How and when a request came.</summary>
/// <param name="Channel">By what way; see <see cref="Channels"/>.</param>
/// <param name="On">The local date on which it was received, from which the clock runs (L1).</param>
/// <param name="At">When it was taken in here, legal time, UTC, from which it waits for a confirmation.</param>
internal sealed record Arrival(string Channel, DateOnly On, DateTimeOffset At)
{
    /// <summary>Who brought it in, as the audit chain names them: its person, or the operator who entered it.</summary>
    public string Actor { get; init; } = Actors.Subject;

    /// <summary>Whether an operator entered it.</summary>
    public bool IsEntered => Channels.AreEntered(Channel);

    /// <summary>Whether the same key is the same request for ever: what one letter or one complaint asks for is asked for once.</summary>
    public bool IsOnce => IsEntered || Channel == Channels.Complaint;
}
