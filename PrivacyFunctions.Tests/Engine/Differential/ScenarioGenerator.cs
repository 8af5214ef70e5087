namespace PrivacyFunctions.Tests.Engine.Differential;

/// <summary>Makes a scenario out of a seed, always the same one.</summary>
internal static class ScenarioGenerator
{
    private const int LongestPlan = 6;

    public static Scenario Make(int seed)
    {
        var random = new Random(seed);
        var terminates = random.Next(10) == 0;
        var steps = Steps(random, depth: 0);
        if (terminates)
            steps = [.. steps.Where(step => step.Kind != StepKind.Fail), new(StepKind.WaitForever)]; // so that nothing else ends it
        var rounds = random.Next(3) == 0 ? random.Next(1, 4) : 0;
        var version = random.Next(3) == 0 ? $"{random.Next(1, 4)}.0" : null;
        return new(seed, PlanOf(steps, rounds), version, Suspends: rounds == 0 && random.Next(4) == 0, terminates);
    }

    private static List<Step> Steps(Random random, int depth)
    {
        var steps = new List<Step>();
        for (var number = random.Next(1, LongestPlan); number > 0; number--)
            steps.Add(Step(random, number, depth));
        return steps;
    }

    private static Step Step(Random random, int number, int depth) => random.Next(26) switch
    {
        < 6 => new(StepKind.Call, number),
        < 8 => new(StepKind.Parallel, random.Next(2, 5)),
        < 11 => new(StepKind.Retry, random.Next(0, 5)),
        11 => new(StepKind.Fail),
        < 14 => new(StepKind.Timer, random.Next(0, 6)),
        < 16 => new(StepKind.LostTimer, number),
        16 => new(StepKind.LostEvent, random.Next(0, 4)),
        < 20 => depth > 0 ? new(StepKind.Call, number) : new(StepKind.Event, number),
        20 => new(StepKind.SendToItself, number),
        < 24 => depth > 1 ? new(StepKind.Call, number) : new(StepKind.Child, number, ChildOf(random, depth)),
        24 => new(StepKind.CustomStatus, number),
        _ => new(StepKind.Version),
    };

    private static Plan ChildOf(Random random, int depth) =>
        PlanOf(Steps(random, depth + 1), random.Next(4) == 0 ? random.Next(1, 3) : 0);

    // Around a continuation Microsoft's service in memory loses what the Functions host keeps: events that nobody awaited
    // before it, timers, a resumption. So a plan that continues as new has none of these, and begins with a call.
    // (ContinueAsNewTests hold all that on this engine.)
    private static Plan PlanOf(List<Step> steps, int rounds) => rounds == 0
        ? new(steps)
        : new([new(StepKind.Call), .. steps.Select(step => IsLost(step.Kind) ? new(StepKind.Call) : step)], rounds);

    private static bool IsLost(StepKind kind) =>
        kind is StepKind.Event or StepKind.Timer or StepKind.LostTimer or StepKind.LostEvent;
}
