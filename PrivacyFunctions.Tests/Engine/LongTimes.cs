namespace PrivacyFunctions.Tests.Engine;

/// <summary>Long times in steps.</summary>
internal static class LongTimes
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(30);

    /// <summary>Lets days pass, in steps that are short enough for what comes of a timer to come of the next one, too.</summary>
    public static async Task PassDaysAsync(this EngineRun run, int days)
    {
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromDays(days); passed += Step) await run.AdvanceAsync(Step);
    }
}
