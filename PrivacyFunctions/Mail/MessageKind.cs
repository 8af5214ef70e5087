using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Mail;

/// <summary>
/// The messages that go to everybody, whatever they unsubscribed from (M-ESSENTIAL, § 6.6 of the policy). The set is closed:
/// a new kind is a change of the policy first.
/// </summary>
internal enum EssentialKind
{
    /// <summary>The account: a password was changed, a subscription is about to be renewed.</summary>
    Account,

    /// <summary>An incident that touches the security of the person's data.</summary>
    Security,

    /// <summary>A change of the privacy policy, and the answer to a privacy request.</summary>
    Privacy,

    /// <summary>A purchase or a payment: a receipt, an invoice, a payment that failed.</summary>
    Transaction,
}

/// <summary>What a message is, which decides whether a person can be free of it.</summary>
internal abstract record MessageKind
{
    private const string NewsletterPrefix = "newsletter:";

    private MessageKind()
    {
    }

    /// <summary>How a kind is written, for whoever wrote it wrong.</summary>
    public static string Rule { get; } =
        $"A kind is one of {string.Join(", ", Enum.GetValues<EssentialKind>().Select(Spell))}, "
        + $"or {NewsletterPrefix}NAME. {NewsletterName.Rule}";

    /// <summary>It always goes.</summary>
    public sealed record Essential(EssentialKind Kind) : MessageKind
    {
        /// <inheritdoc/>
        public override string ToString() => Spell(Kind);
    }

    /// <summary>It goes to nobody who unsubscribed from that newsletter.</summary>
    public sealed record Newsletter(NewsletterName Name) : MessageKind
    {
        /// <inheritdoc/>
        public override string ToString() => NewsletterPrefix + Name;
    }

    /// <summary>Reads a kind as the company's systems write it; null when it is none.</summary>
    public static MessageKind? Read(string text)
    {
        if (text.StartsWith(NewsletterPrefix, StringComparison.Ordinal))
            return NewsletterName.TryParse(text[NewsletterPrefix.Length..], out var name) ? new Newsletter(name) : null;
        foreach (var kind in Enum.GetValues<EssentialKind>())
            if (Spell(kind) == text) return new Essential(kind);
        return null;
    }

    private static string Spell(EssentialKind kind) => kind.ToString().ToLowerInvariant();
}
