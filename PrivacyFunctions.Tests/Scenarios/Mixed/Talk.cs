namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>Something that a person wrote about their case.</summary>
/// <param name="Words">What.</param>
/// <param name="IsProof">Whether it was to show whose the case is: then it is destroyed once that is settled.</param>
internal sealed record Written(string Words, bool IsProof);

/// <summary>A question to the person, which may be asked again as long as it is open.</summary>
/// <param name="from">The local day on which it was asked first: from there on a clock may stand still.</param>
internal sealed class Question(DateOnly from)
{
    public DateOnly From => from;

    /// <summary>When it was asked, the first time first.</summary>
    public List<DateTimeOffset> Asked { get; } = [];

    /// <summary>When it was answered, or somebody went on without an answer; null before.</summary>
    public DateTimeOffset? OverAt { get; set; }
}

/// <summary>What was written to and fro about a case.</summary>
internal sealed class Talk
{
    /// <summary>What the person wrote, in its order.</summary>
    public List<Written> FromPerson { get; } = [];

    /// <summary>What operators wrote, in its order.</summary>
    public List<string> FromUs { get; } = [];

    public List<Question> Questions { get; } = [];

    /// <summary>How much of what the person wrote was read.</summary>
    public int Read { get; set; }

    /// <summary>How often something came when all before was read: so often the officer is told.</summary>
    public int Alarms { get; set; }

    public bool HasUnread => FromPerson.Count > Read;

    /// <summary>The question that nobody has answered; null if there is none.</summary>
    public Question? Open => Questions.Find(question => question.OverAt is null);
}
