
namespace PrivacyFunctions.Mail;

/// <summary>
/// A letter that is fit to be sent: an essential one, or one with the way out of its newsletter. There is no third, so nothing
/// optional leaves without its unsubscribe link (M-UNSUB).
/// </summary>
internal abstract record Mailing
{
    private Mailing(Letter letter) => Letter = letter;

    /// <summary>What the recipient reads, the visible way out included.</summary>
    public Letter Letter { get; }

    /// <summary>A message of the closed set that goes to everybody.</summary>
    public sealed record Essential(EssentialKind Kind, Letter Words) : Mailing(Words);

    /// <summary>A newsletter, with the link that ends it for this recipient; RFC 8058 wants it to be https.</summary>
    public sealed record Newsletter(Letter Words, WayOut Out) : Mailing(Words with { End = Out });
}
