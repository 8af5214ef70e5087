using System.Buffers.Text;
using System.Text;

namespace PrivacyFunctions.LocalHost.Outbox;

/// <summary>What SendGrid refuses with 400, in its order and words where they are known.</summary>
internal static class SendGridRules
{
    private const int MostRecipients = 1000;
    private const int MostCustomArgsBytes = 10_000;
    private const string NoAddress = "Does not contain a valid address.";

    private static readonly string[] ReservedHeaders =
        [
            "x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type", "content-transfer-encoding",
            "to", "from", "subject", "reply-to", "cc", "bcc",
        ];

    /// <summary>Empty when the request is in order. Messages may repeat an address from the request, as SendGrid's do.</summary>
    public static IReadOnlyList<SendGridError> Check(SendGridRequest request) =>
        [
            .. Sender(request), .. Envelopes(request), .. Bodies(request), .. Files(request),
            .. Extras("", request.Headers, request.CustomArgs),
        ];

    private static IEnumerable<SendGridError> Sender(SendGridRequest request)
    {
        if (request.From is null)
            yield return new(
                "The from object must be provided for every email send. "
                + "It is an object that requires the email parameter, but may also contain a name parameter.",
                "from.email");
        else if (!IsAddress(request.From))
            yield return new(NoAddress, "from.email");
        if (request.ReplyTo is not null && !IsAddress(request.ReplyTo))
            yield return new(NoAddress, "reply_to.email");
    }

    private static IEnumerable<SendGridError> Envelopes(SendGridRequest request)
    {
        var envelopes = request.Personalizations ?? [];
        if (envelopes.Count == 0)
            return [new(
                "The personalizations field is required and must have at least one personalization.",
                "personalizations")];
        if (envelopes.Sum(envelope => Everybody(envelope).Count()) > MostRecipients)
            return [new($"The total number of recipients must be no more than {MostRecipients}.", "personalizations")];
        var errors = envelopes.SelectMany((envelope, i) => Envelope($"personalizations.{i}", envelope));
        return request.Subject is { Length: > 0 } || envelopes.All(envelope => envelope?.Subject is { Length: > 0 })
            ? [.. errors, .. OneLine("subject", request.Subject)]
            : [.. errors, new(
                "The subject is required. "
                + "You can get around this requirement if you use a template with a subject defined "
                + "or if every personalization has a subject defined.",
                "subject")];
    }

    private static IEnumerable<SendGridError> Envelope(string field, Personalization? envelope)
    {
        if (envelope?.To is not { Count: > 0 })
            return [new(
                "The to array is required for all personalization objects, "
                + "and must have at least one email object with a valid email address.",
                $"{field}.to")];
        return
        [
            .. Addresses($"{field}.to", envelope.To), .. Addresses($"{field}.cc", envelope.Cc),
            .. Addresses($"{field}.bcc", envelope.Bcc),
            .. Everybody(envelope)
                .GroupBy(address => address.Email, StringComparer.OrdinalIgnoreCase)
                .Where(same => same.Count() > 1)
                .Take(1)
                .Select(same => new SendGridError(
                    "Each email address in the personalization block should be unique between to, cc, and bcc. "
                    + $"We found the first duplicate instance of [{same.Key}] in the {field}.to field.",
                    field)),
            .. OneLine($"{field}.subject", envelope.Subject),
            .. Extras($"{field}.", envelope.Headers, envelope.CustomArgs),
        ];
    }

    private static IEnumerable<SendGridError> Addresses(string field, IReadOnlyList<MailAddress?>? addresses) =>
        (addresses ?? []).Select((address, i) => (address, i)).Where(one => !IsAddress(one.address))
            .Select(one => new SendGridError(NoAddress, $"{field}.{one.i}.email"));

    private static IEnumerable<SendGridError> Bodies(SendGridRequest request)
    {
        if (request.TemplateId is not null)
            yield return new("The local outbox holds no templates: send the content itself.", "template_id");
        else if (request.Content is not { Count: > 0 })
            yield return new(
                "Unless a valid template_id is provided, the content parameter is required. "
                + "There must be at least one defined content block. "
                + "We typically suggest both text/plain and text/html blocks are included, but only one block is required.",
                "content");
        foreach (var (part, i) in (request.Content ?? []).Select((part, i) => (part, i)))
        {
            if (string.IsNullOrEmpty(part?.Value))
                yield return new("The content value must be a string at least one character in length.", $"content.{i}.value");
            if (string.IsNullOrEmpty(part?.Type))
                yield return new("The content type must be a string at least one character in length.", $"content.{i}.type");
        }

        var types = (request.Content ?? []).Select(part => part?.Type).ToList();
        if (types.Count != types.Distinct().Count() || !types.SequenceEqual(types.OrderBy(Place)))
            yield return new(
                "If present, text/plain and text/html may only be provided once, text/plain first, "
                + "followed by text/html, followed by any other content.",
                "content");
    }

    private static IEnumerable<SendGridError> Files(SendGridRequest request)
    {
        foreach (var (file, i) in (request.Attachments ?? []).Select((file, i) => (file, i)))
        {
            if (string.IsNullOrEmpty(file?.Content) || !Base64.IsValid(file.Content))
                yield return new("The attachment content is required and must be base64 encoded.", $"attachments.{i}.content");
            if (string.IsNullOrEmpty(file?.Filename))
                yield return new("The attachment filename is required.", $"attachments.{i}.filename");
            if (file?.Disposition is not (null or "attachment" or "inline"))
                yield return new(
                    "The attachment disposition must be either inline or attachment.",
                    $"attachments.{i}.disposition");
        }
    }

    private static IEnumerable<SendGridError> Extras(
        string prefix, IReadOnlyDictionary<string, string>? headers, IReadOnlyDictionary<string, string>? customArgs)
    {
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            if (ReservedHeaders.Contains(name, StringComparer.OrdinalIgnoreCase))
                yield return new($"The following headers are reserved and cannot be set: {name}.", $"{prefix}headers");
            if (name.Any(letter => letter is <= ' ' or > '~' or ':') || (value ?? "").AsSpan().IndexOfAny('\r', '\n') >= 0)
                yield return new("Header names must be printable ASCII, and values must be one line.", $"{prefix}headers");
        }

        if ((customArgs ?? new Dictionary<string, string>())
            .Sum(arg => Encoding.UTF8.GetByteCount(arg.Key + arg.Value)) >= MostCustomArgsBytes)
            yield return new(
                $"The combined custom arguments must be less than {MostCustomArgsBytes} bytes.",
                $"{prefix}custom_args");
    }

    private static IEnumerable<SendGridError> OneLine(string field, string? subject) =>
        (subject ?? "").AsSpan().IndexOfAny('\r', '\n') >= 0 ? [new("The subject must be one line.", field)] : [];

    private static IEnumerable<MailAddress> Everybody(Personalization? envelope) =>
        new[] { envelope?.To, envelope?.Cc, envelope?.Bcc }.SelectMany(list => list ?? []).OfType<MailAddress>().Where(IsAddress);

    private static int Place(string? type) => type switch { "text/plain" => 0, "text/html" => 1, _ => 2 };

    private static bool IsAddress(MailAddress? address) =>
        System.Net.Mail.MailAddress.TryCreate(address?.Email, out var parsed) && parsed.Address == address!.Email;
}
