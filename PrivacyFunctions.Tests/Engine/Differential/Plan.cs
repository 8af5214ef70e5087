using System.Text.Json;

namespace PrivacyFunctions.Tests.Engine.Differential;

/// <summary>What a step of an orchestration does.</summary>
internal enum StepKind
{
    Call,
    Parallel,
    Retry,
    Fail,
    Timer,
    LostTimer,
    LostEvent,
    Event,
    SendToItself,
    Child,
    Version,
    CustomStatus,
    WaitForever,
}

/// <summary>A step of an orchestration.</summary>
/// <param name="Number">How many, how often or which, as the kind has it.</param>
/// <param name="Child">What a child does.</param>
internal sealed record Step(StepKind Kind, int Number = 0, Plan? Child = null);

/// <summary>An orchestration as data, so that the same one runs on two engines.</summary>
/// <param name="Rounds">How often it continues as new after its steps.</param>
/// <param name="SoFar">What it has noted in earlier rounds.</param>
internal sealed record Plan(IReadOnlyList<Step> Steps, int Rounds = 0, string SoFar = "")
{
    public static Plan Parse(string json) => JsonSerializer.Deserialize<Plan>(json)!;

    public string ToJson() => JsonSerializer.Serialize(this);
}

/// <summary>An orchestration and what its client does to it.</summary>
/// <param name="Seed">What it was made from.</param>
/// <param name="Suspends">Whether the client suspends it, raises the events meanwhile, and resumes it.</param>
/// <param name="Terminates">Whether the client ends it in the end.</param>
internal sealed record Scenario(int Seed, Plan Plan, string? Version, bool Suspends, bool Terminates)
{
    public string Id => $"case-{Seed}";

    /// <summary>The events that it awaits from its client.</summary>
    public IEnumerable<string> Events => Plan.Steps.Where(step => step.Kind == StepKind.Event).Select(step => NameOf(step.Number));

    public static string NameOf(int number) => $"Event{number}";
}
