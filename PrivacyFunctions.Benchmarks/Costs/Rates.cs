using System.Diagnostics;

namespace PrivacyFunctions.Benchmarks.Costs;

/// <summary>How often something can be done in a second, and how often what it is compared with.</summary>
internal static class Rates
{
    private const int Rounds = 20;

    /// <summary>
    /// Both in turns of a twentieth each, after one turn that is not counted: whatever else the machine does in between slows both.
    /// </summary>
    /// <param name="connections">How many at a time.</param>
    /// <param name="times">How often each is done.</param>
    /// <param name="act">What is done; its number is given, and is negative in the turn that is not counted.</param>
    /// <param name="baseline">What it is compared with; the same.</param>
    /// <param name="after">What has to be over before the baseline's turn; not measured.</param>
    public static async Task<(double Figure, double Baseline)> CompareAsync(
        int connections, int times, Func<int, Task> act, Func<int, Task> baseline, Func<Task>? after = null)
    {
        var turn = times / Rounds;
        var (acted, compared) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var round = -1; round < Rounds; round++)
        {
            var took = await TurnAsync(act);
            await (after?.Invoke() ?? Task.CompletedTask);
            var tookBaseline = await TurnAsync(baseline);
            if (round >= 0) (acted, compared) = (acted + took, compared + tookBaseline);

            async Task<TimeSpan> TurnAsync(Func<int, Task> one)
            {
                var began = Stopwatch.GetTimestamp();
                await Parallel.ForAsync(
                    round * turn, (round + 1) * turn, new ParallelOptions { MaxDegreeOfParallelism = connections },
                    async (number, _) => await one(number));
                return Stopwatch.GetElapsedTime(began);
            }
        }

        return (Rounds * turn / acted.TotalSeconds, Rounds * turn / compared.TotalSeconds);
    }
}
