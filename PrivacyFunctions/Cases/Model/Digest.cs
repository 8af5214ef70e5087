namespace PrivacyFunctions.Cases.Model;

/// <summary>What the cases come to on a day, in numbers. Pure.</summary>
/// <param name="Open">How many are open.</param>
/// <param name="Overdue">Of those, how many were due before that day.</param>
/// <param name="DueSoon">How many are due on that day or in the seven days after it.</param>
/// <param name="ToDecide">How many wait for the decision of an operator.</param>
/// <param name="Unread">How many have a message of their person that nobody has read, closed ones too.</param>
/// <param name="Asked">How many wait for an answer of their person.</param>
/// <param name="Broken">How many need attention for another reason, closed ones too.</param>
/// <param name="Paused">How many an operator has paused.</param>
/// <param name="NotLookedAt">How many could not be read, and are in no other number.</param>
public sealed record Digest(int Open, int Overdue, int DueSoon, int ToDecide, int Unread, int Asked, int Broken, int Paused = 0, int NotLookedAt = 0)
{
    /// <summary>Nothing was looked at yet.</summary>
    public static Digest None { get; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>Whether nothing of it is for anybody to do: what is open goes its way.</summary>
    public bool IsQuiet => this == None with { Open = Open };

    /// <summary>With one of the open cases.</summary>
    public Digest WithOpen(Case found, DateOnly today) => this with
    {
        Open = Open + 1,
        Overdue = Overdue + Count(found.DueOn < today),
        DueSoon = DueSoon + Count(found.DueOn >= today && found.DueOn <= today.AddDays(DueNotices.First)),
        ToDecide = ToDecide + Count(found.WaitsForOperator),
        Asked = Asked + Count(found.AskedOn is not null),
    };

    /// <summary>With one of those that need attention, open or closed.</summary>
    public Digest WithAttention(Case found) => this with
    {
        Unread = Unread + Count(AttentionMarks.Has(found.Attention, AttentionMarks.Message)),
        Paused = Paused + Count(AttentionMarks.Has(found.Attention, AttentionMarks.Paused)),
        Broken = Broken + Count(!AttentionMarks.IsAtWork(AttentionMarks.Without(found.Attention, AttentionMarks.Paused, scope: null))),
    };

    private static int Count(bool isSo) => isSo ? 1 : 0;
}
