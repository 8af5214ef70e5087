namespace PrivacyFunctions.Clock.Model;

/// <summary>
/// The clock of everything that is a day or more away (due dates, links, exports, retention):
/// legal time = <see cref="Anchor"/> + (now - <see cref="Anchor"/>) x <see cref="Pace"/>, in UTC. With a pace of 1 it is
/// the ordinary clock; a faster pace lets a host without a time machine live through months in minutes. It travels in an
/// orchestration's input, so that a changed setting cannot alter a replay.
/// </summary>
/// <param name="Anchor">The instant at which legal and real time agree.</param>
/// <param name="Pace">Legal seconds in a real second; 1 or more.</param>
public sealed record LegalClock(DateTimeOffset Anchor, double Pace)
{
    /// <summary>The ordinary clock.</summary>
    public static LegalClock Ordinary { get; } = new(DateTimeOffset.UnixEpoch, 1);

    /// <summary>The legal instant at this real one.</summary>
    public DateTimeOffset At(DateTimeOffset now) => Pace == 1 ? now : Anchor + (now - Anchor) * Pace;

    /// <summary>The real instant at which this legal one arrives; what a durable timer is set to.</summary>
    public DateTimeOffset Arrives(DateTimeOffset legal) => Pace == 1 ? legal : Anchor + (legal - Anchor) / Pace;
}
