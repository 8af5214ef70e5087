namespace PrivacyFunctions.Cases.Model;

/// <summary>What is shown of a case as waiting for a person: each step marks itself, and takes its own mark away.</summary>
public static class AttentionDecisions
{
    /// <summary>Marks a step. What is marked already is not marked again.</summary>
    /// <param name="state">The case.</param>
    /// <param name="step">What waits for a person.</param>
    /// <param name="scope">Which part of the workflow says so, where several have a step of that name.</param>
    public static Decision Mark(Case state, string step, string? scope = null) => AttentionMarks.Has(state.Attention, step, scope)
        ? Decision.Nothing
        : new Decision.Change(new CaseFact.AttentionNeeded(step) { Scope = scope });

    /// <summary>Takes the step's mark away, and no other.</summary>
    /// <inheritdoc cref="Mark"/>
    public static Decision Unmark(Case state, string step, string? scope = null) =>
        Equals(AttentionMarks.Without(state.Attention, step, scope), state.Attention)
            ? Decision.Nothing
            : new Decision.Change(new CaseFact.AttentionOver(step) { Scope = scope });
}
