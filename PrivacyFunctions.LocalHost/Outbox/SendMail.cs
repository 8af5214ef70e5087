using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PrivacyFunctions.LocalHost.Outbox;

/// <summary>
/// <c>POST /v3/mail/send</c> as SendGrid answers it: 202 with X-Message-Id and an empty body, 401 without a key, 415 for
/// another content type, 413 above 30 MB, 400 with all that is wrong. Any key will do.
/// Each personalization becomes a mail of its own.
/// </summary>
internal static class SendMail
{
    public static async Task<IResult> HandleAsync(
        HttpRequest http, MailStore store, Faults faults, TimeProvider time, CancellationToken cancellation)
    {
        if (!HasKey(http))
            return Refuse(StatusCodes.Status401Unauthorized, SendGridErrors.Of("Permission denied, wrong credentials"));
        if (!http.HasJsonContentType())
            return Refuse(
                StatusCodes.Status415UnsupportedMediaType,
                SendGridErrors.Of("Content-Type should be application/json."));
        SendGridRequest? request;
        try
        {
            request = await http.ReadFromJsonAsync<SendGridRequest>(SendGridRequest.Json, cancellation);
        }
        catch (JsonException)
        {
            request = null;
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refuse(
                tooLarge.StatusCode,
                SendGridErrors.Of("The total size of your email, including attachments, must be less than 30MB."));
        }

        if (request is null)
            return Refuse(StatusCodes.Status400BadRequest, SendGridErrors.Of("Bad Request"));
        if (SendGridRules.Check(request) is { Count: > 0 } errors)
            return Refuse(StatusCodes.Status400BadRequest, new SendGridErrors(errors));

        var fault = faults.Take();
        var messageId = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        if (fault is null or { AcceptButFail: true })
            store.Add(request.Personalizations!.Select(envelope => ToMail(request, envelope!, messageId, time.GetUtcNow())));
        if (fault is not null)
            return Fail(http.HttpContext.Response, fault, time);
        http.HttpContext.Response.Headers["X-Message-Id"] = messageId;
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private static bool HasKey(HttpRequest http) =>
        http.Headers.Authorization.ToString() is var header
        && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && header["Bearer ".Length..].Trim().Length > 0;

    private static IResult Fail(HttpResponse response, Fault fault, TimeProvider time)
    {
        if (fault.Status == StatusCodes.Status429TooManyRequests)
        {
            response.Headers["X-RateLimit-Remaining"] = "0";
            response.Headers["X-RateLimit-Reset"] =
                time.GetUtcNow().AddSeconds(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        }

        return Refuse(
            fault.Status, SendGridErrors.Of(fault.Status == StatusCodes.Status429TooManyRequests
                ? "too many requests"
                : "the outbox was told to fail"));
    }

    private static IResult Refuse(int status, SendGridErrors errors) =>
        Results.Json(errors, JsonSerializerOptions.Web, statusCode: status);

    private static StoredMail ToMail(SendGridRequest request, Personalization envelope, string messageId, DateTimeOffset now)
    {
        string? Fill(string? text) => envelope.Substitutions is null || text is null
            ? text
            : envelope.Substitutions.Aggregate(
                text,
                (filled, tag) => tag.Key.Length == 0
                    ? filled
                    : filled.Replace(tag.Key, tag.Value, StringComparison.Ordinal));
        string? Part(string type) => Fill(request.Content!.FirstOrDefault(part => part!.Type == type)?.Value);

        return new StoredMail(
            Id: 0, // the store numbers it
            messageId,
            now,
            request.From!,
            request.ReplyTo,
            All(envelope.To),
            All(envelope.Cc),
            All(envelope.Bcc),
            Fill(envelope.Subject is { Length: > 0 } own ? own : request.Subject)!,
            Part("text/plain"),
            Part("text/html"),
            Merge(request.Headers, envelope.Headers),
            Merge(request.CustomArgs, envelope.CustomArgs),
            request.Categories ?? [],
            request.TrackingSettings,
            [.. (request.Attachments ?? []).Select(file =>
                new MailAttachment(
                    file!.Filename!, file.Type, file.Disposition, file.ContentId,
                    Convert.FromBase64String(file.Content!)))]);
    }

    private static IReadOnlyList<MailAddress> All(IReadOnlyList<MailAddress?>? addresses) =>
        [.. (addresses ?? []).OfType<MailAddress>()];

    private static Dictionary<string, string> Merge(
        IReadOnlyDictionary<string, string>? general, IReadOnlyDictionary<string, string>? special)
    {
        var merged = new Dictionary<string, string>(general ?? new Dictionary<string, string>());
        foreach (var (name, value) in special ?? new Dictionary<string, string>())
            merged[name] = value;
        return merged;
    }
}
