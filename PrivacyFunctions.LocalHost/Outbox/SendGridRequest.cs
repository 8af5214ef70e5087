using System.Text.Json;

namespace PrivacyFunctions.LocalHost.Outbox;

/// <summary>
/// The body of <c>POST /v3/mail/send</c>, the part of SendGrid's v3 that the outbox keeps. Everything may be missing or null
/// here; <see cref="SendGridRules"/> says what must not be. Fields not listed (batch ids, IP pools, unsubscribe groups,
/// <c>send_at</c>) are accepted and ignored.
/// </summary>
internal sealed record SendGridRequest(
    IReadOnlyList<Personalization?>? Personalizations,
    MailAddress? From,
    MailAddress? ReplyTo,
    string? Subject,
    IReadOnlyList<ContentPart?>? Content,
    IReadOnlyList<AttachedFile?>? Attachments,
    string? TemplateId,
    IReadOnlyDictionary<string, string>? Headers,
    IReadOnlyDictionary<string, string>? CustomArgs,
    IReadOnlyList<string>? Categories,
    JsonElement? TrackingSettings)
{
    /// <summary>SendGrid's field names: snake_case, case matters.</summary>
    public static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}

/// <summary>One envelope: the recipients of one mail and what is special for them.</summary>
internal sealed record Personalization(
    IReadOnlyList<MailAddress?>? To,
    IReadOnlyList<MailAddress?>? Cc,
    IReadOnlyList<MailAddress?>? Bcc,
    string? Subject,
    IReadOnlyDictionary<string, string>? Headers,
    IReadOnlyDictionary<string, string>? Substitutions,
    IReadOnlyDictionary<string, string>? CustomArgs);

internal sealed record ContentPart(string? Type, string? Value);

/// <param name="Content">Base64.</param>
internal sealed record AttachedFile(string? Content, string? Type, string? Filename, string? Disposition, string? ContentId);

/// <summary>SendGrid's shape of a refusal.</summary>
internal sealed record SendGridErrors(IReadOnlyList<SendGridError> Errors)
{
    public static SendGridErrors Of(string message, string? field = null) => new([new SendGridError(message, field)]);
}

/// <param name="Field">Such as <c>personalizations.0.to.0.email</c>; null when it is about the whole request.</param>
internal sealed record SendGridError(string Message, string? Field, string? Help = null);
