using System.Text.Json;

namespace PrivacyFunctions.LocalHost.Outbox;

/// <summary>One mail as one personalization's recipients would get it, kept by the outbox instead of being sent.</summary>
/// <param name="Id">Sequential from 1 in the order of arrival; never used again, not even after all mails are deleted.</param>
/// <param name="MessageId">What the sender got back as X-Message-Id; mails of one request share it.</param>
/// <param name="ReceivedAt">UTC, by the clock of the host that the outbox runs in.</param>
/// <param name="Subject">With the recipient's substitutions made,
/// as are <paramref name="Text"/> and <paramref name="Html"/>.</param>
/// <param name="Headers">The message's own headers, the personalization's winning over the request's.</param>
/// <param name="CustomArgs">Likewise.</param>
/// <param name="TrackingSettings">As sent; null when the sender gave none.</param>
public sealed record StoredMail(
    long Id,
    string MessageId,
    DateTimeOffset ReceivedAt,
    MailAddress From,
    MailAddress? ReplyTo,
    IReadOnlyList<MailAddress> To,
    IReadOnlyList<MailAddress> Cc,
    IReadOnlyList<MailAddress> Bcc,
    string Subject,
    string? Text,
    string? Html,
    IReadOnlyDictionary<string, string> Headers,
    IReadOnlyDictionary<string, string> CustomArgs,
    IReadOnlyList<string> Categories,
    JsonElement? TrackingSettings,
    IReadOnlyList<MailAttachment> Attachments);

/// <summary>An address with the name shown beside it, if any.</summary>
public sealed record MailAddress(string Email, string? Name)
{
    /// <summary>As mail programs show it.</summary>
    public override string ToString() => string.IsNullOrWhiteSpace(Name) ? Email : $"{Name} <{Email}>";
}

/// <summary>A file that came with a mail.</summary>
/// <param name="FileName">As the sender named it; never used as a path.</param>
public sealed record MailAttachment(
    string FileName, string? Type, string? Disposition, string? ContentId, ReadOnlyMemory<byte> Content);
