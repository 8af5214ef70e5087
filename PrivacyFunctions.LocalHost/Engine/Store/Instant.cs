using Google.Protobuf.WellKnownTypes;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>Instants as they are stored, UTC ticks, and as the protocol has them.</summary>
internal static class Instant
{
    public static DateTimeOffset FromTicks(long ticks) => new(ticks, TimeSpan.Zero);

    public static Timestamp ToTimestamp(long ticks) => Timestamp.FromDateTimeOffset(FromTicks(ticks));

    public static long ToTicks(this Timestamp timestamp) => timestamp.ToDateTimeOffset().UtcTicks;
}
