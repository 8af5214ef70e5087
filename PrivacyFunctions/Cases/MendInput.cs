namespace PrivacyFunctions.Cases;

/// <summary>A step that did not work at once, and how far it is.</summary>
/// <param name="Step">The step.</param>
/// <param name="Shown">How its case shows it; null for a step of no case.</param>
internal record MendInput(StepCall Step, BrokenStep? Shown = null)
{
    /// <summary>The rounds it was tried in vain.</summary>
    public int Round { get; init; }

    /// <summary>What the step came to; the note that it works again is left to do.</summary>
    public Mended? Result { get; init; }
}

/// <summary>What a step came to.</summary>
internal sealed record Mended(object? Value);
