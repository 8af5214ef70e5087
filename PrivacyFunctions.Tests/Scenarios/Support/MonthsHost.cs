namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>
/// A host on which the months of an account's end pass in a minute and a half, without a time machine; elsewhere the paced
/// one, whatever its pace. For tests in which nobody has to do anything in time: what a person has days for is over in
/// seconds. Tests share it, so each brings accounts of its own.
/// </summary>
internal static class MonthsHost
{
    private const int Pace = 100_000;

    private static readonly Lazy<Task<ScenarioHost>> Shared = new(async () => ScenarioHost.IsRemote
        ? await ScenarioHost.PacedAsync()
        : await LocalHostProcess.StartAsync(pace: Pace, seeded: false));

    /// <summary>The one of this test run.</summary>
    public static Task<ScenarioHost> SharedAsync() => Shared.Value;
}
