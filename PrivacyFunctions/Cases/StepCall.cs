using System.Text.Json.Serialization;

namespace PrivacyFunctions.Cases;

/// <summary>A call of an activity, as it travels to another orchestration.</summary>
/// <param name="Activity">Its name.</param>
/// <param name="Input">Ids only.</param>
internal sealed record StepCall(string Activity, object? Input)
{
    /// <summary>The call of a step.</summary>
    public static StepCall Of<TInput>(Step<TInput> step, TInput input)
        where TInput : notnull => new(step.Activity, input);
}

/// <summary>A question that is asked until the answer is yes.</summary>
/// <param name="Activity">Returns whether it is so.</param>
/// <param name="Input">Ids only.</param>
/// <param name="Pause">Between the first two asks, in legal time; it doubles up to the longest one.</param>
internal sealed record Question(string Activity, object Input, TimeSpan Pause)
{
    private readonly TimeSpan? _longest;

    /// <summary>The question that a step answers.</summary>
    public static Question Of<TInput>(Step<TInput, bool> step, TInput input, TimeSpan pause)
        where TInput : notnull => new(step.Activity, input, pause);

    /// <summary>The longest pause; the first one unless set.</summary>
    public TimeSpan LongestPause
    {
        get => _longest ?? Pause;
        init => _longest = value;
    }

    /// <summary>Whether the case shows from the first no on that it waits.</summary>
    public bool IsShown { get; init; } = true;

    /// <summary>The step that answers it.</summary>
    [JsonIgnore]
    public StepCall Call => new(Activity, Input);

    /// <summary>The question as it is asked the next time.</summary>
    public Question Again() => this with
    {
        Pause = Pause * 2 < LongestPause ? Pause * 2 : LongestPause,
        LongestPause = LongestPause,
    };
}
