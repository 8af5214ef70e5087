namespace PrivacyFunctions.Cases.Model;

/// <summary>What a command comes to: facts to record, or nothing to do because it is late or repeated.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>The case stays as it is.</summary>
    public static Decision Nothing { get; } = new NothingToDo();

    /// <summary>These facts happen, in this order.</summary>
    public sealed record Change(params IReadOnlyList<CaseFact> Facts) : Decision;

    /// <summary>The case stays as it is: the command is late or repeated.</summary>
    public sealed record NothingToDo : Decision;
}
