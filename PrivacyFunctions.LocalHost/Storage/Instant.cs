namespace PrivacyFunctions.LocalHost.Storage;

/// <summary>Instants as they are stored: UTC ticks.</summary>
internal static class Instant
{
    public static DateTimeOffset FromTicks(long ticks) => new(ticks, TimeSpan.Zero);

    public static DateTimeOffset? FromTicks(long? ticks) => ticks is { } some ? FromTicks(some) : null;
}
