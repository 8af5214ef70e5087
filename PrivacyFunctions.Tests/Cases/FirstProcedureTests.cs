using PrivacyFunctions.Cases;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Tests.Terminations;

namespace PrivacyFunctions.Tests.Cases;

/// <summary>Cases that were started with version 1, which wait in somebody's database.</summary>
[Clause("C-SECURE")]
public class FirstProcedureTests
{
    private const int AttemptsOfARound = 8;
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Step_ThatStaysBroken_IsTriedLessAndLessOftenUntilItIsOnceADay()
    {
        await using var run = await TerminationRun.StartAsync(version: "1");
        run.Failures[nameof(AskOwner)] = int.MaxValue;
        await run.BeginAsync();

        foreach (var (round, hours) in new[] { 1, 2, 4, 8, 16, 24, 24 }.Index())
        {
            for (var retries = 1; retries < AttemptsOfARound; retries++) await run.PassAsync(LongestRetry);
            var attempts = AttemptsOfARound * (round + 1);
            Assert.Equal(attempts, run.Calls.Count(call => call == nameof(AskOwner)));
            Assert.Equal(round + 1, run.Calls.Count(call => call == nameof(NoteAttention)));

            await run.PassAsync(TimeSpan.FromHours(hours) - Tick);
            Assert.Equal(attempts, run.Calls.Count(call => call == nameof(AskOwner)));
            await run.PassAsync(Tick);
            Assert.Equal(attempts + 1, run.Calls.Count(call => call == nameof(AskOwner)));
        }
    }
}
