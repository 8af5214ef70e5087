using CsCheck;
using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Tests.Clock.Model;

public class LegalClockTests
{
    private static readonly DateTimeOffset Anchor = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void At_OrdinaryPace_IsTheSameInstant() => Assert.Equal(Anchor, LegalClock.Ordinary.At(Anchor));

    // To the tick: what is compared with a stored instant must not be rounded.
    [Fact]
    public void AtAndArrives_OrdinaryPace_AreExactAtAnyInstant() =>
        Gen.Long[new DateTime(2024, 1, 1).Ticks, new DateTime(2099, 12, 31).Ticks].Sample(ticks =>
        {
            var instant = new DateTimeOffset(ticks, TimeSpan.Zero);
            return LegalClock.Ordinary.At(instant) == instant && LegalClock.Ordinary.Arrives(instant) == instant;
        });

    [Fact]
    public void At_FasterPace_RunsAheadFromTheAnchor()
    {
        var clock = new LegalClock(Anchor, 10_000);
        Assert.Equal(Anchor, clock.At(Anchor));
        Assert.Equal(Anchor.AddSeconds(10_000), clock.At(Anchor.AddSeconds(1)));
    }

    [Fact]
    public void Arrives_AnyInstantAndPace_IsWhenTheClockShowsIt() =>
        Gen.Select(Gen.Double[1, 1_000_000], Gen.Int[0, 400 * 24 * 60]).Sample((pace, minutes) =>
        {
            var clock = new LegalClock(Anchor, pace);
            var legal = Anchor.AddMinutes(minutes);
            return Math.Abs((clock.At(clock.Arrives(legal)) - legal).TotalSeconds) < 1;
        });
}
