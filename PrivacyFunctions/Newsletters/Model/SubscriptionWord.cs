namespace PrivacyFunctions.Newsletters.Model;

/// <summary>What the company's list says of one person and one newsletter; instants in UTC, null where it says nothing.</summary>
/// <param name="SubscribedAt">When they subscribed.</param>
/// <param name="HasProof">Whether the list can show what they agreed to (Art. 7(1) GDPR).</param>
/// <param name="UnsubscribedAt">When they unsubscribed.</param>
public sealed record ListEntry(DateTimeOffset? SubscribedAt, bool HasProof, DateTimeOffset? UnsubscribedAt)
{
    /// <summary>Of somebody whom the list does not know.</summary>
    public static ListEntry None { get; } = new(null, false, null);

    /// <summary>What the list says of somebody of whom it has several entries: their latest words in all of them.</summary>
    /// <param name="entries">Any number of them.</param>
    /// <param name="now">A subscription of a later instant is a slip of the list.</param>
    public static ListEntry Together(IReadOnlyList<ListEntry> entries, DateTimeOffset now)
    {
        var proven = entries.Where(entry => entry.HasProof && entry.SubscribedAt <= now).Max(entry => entry.SubscribedAt);
        return new(proven, proven is not null, entries.Max(entry => entry.UnsubscribedAt));
    }
}

/// <summary>
/// Whether somebody wants a newsletter, by their latest word (Art. 7(3), Art. 21(3) GDPR). A subscription speaks for itself until
/// they unsubscribe. After that only a later one counts, whose proof the list has; at the same instant the withdrawal wins.
/// </summary>
public abstract record SubscriptionWord
{
    private SubscriptionWord()
    {
    }

    /// <summary>They want it, or never said that they do not.</summary>
    public sealed record Wanted : SubscriptionWord;

    /// <summary>They do not want it.</summary>
    /// <param name="Since">When they said so.</param>
    /// <param name="IsNews">Whether the company's list does not know yet. <paramref name="Since"/> is then later than any date
    /// of unsubscribing that it has.</param>
    public sealed record Left(DateTimeOffset Since, bool IsNews) : SubscriptionWord;

    /// <summary>The latest word.</summary>
    /// <param name="entry">What the company's list says.</param>
    /// <param name="clicked">When they last used the way out in a newsletter; null: never.</param>
    /// <param name="now">A subscription of a later instant is a slip of the list, and proves nothing.</param>
    public static SubscriptionWord Latest(ListEntry entry, DateTimeOffset? clicked, DateTimeOffset now)
    {
        var subscribed = entry is { HasProof: true, SubscribedAt: { } at } && at <= now ? at : DateTimeOffset.MinValue;
        if (entry.UnsubscribedAt is { } listed && subscribed <= listed) return new Left(listed, IsNews: false);
        if (clicked is { } click && subscribed <= click) return new Left(click, IsNews: true);
        return new Wanted();
    }
}
