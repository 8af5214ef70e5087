using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Tests.Support;

/// <summary>What a command makes of a case.</summary>
internal static class Deciding
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    public static TCase After<TCase>(this TCase state, Func<TCase, Decision> decide)
        where TCase : Case => decide(state) is Decision.Change change
            ? (TCase)change.Facts.Aggregate((Case)state, (found, fact) => found.Apply(fact, At))
            : state;
}
