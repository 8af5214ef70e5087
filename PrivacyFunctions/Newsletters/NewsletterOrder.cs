using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Newsletters;

/// <summary>An order to send a newsletter, as the company's system posted it: checked, or refused with what to correct.</summary>
internal abstract record NewsletterOrder
{
    /// <summary>Why none is taken where the company has no newsletters.</summary>
    public const string NoList =
        "The company's data map names no list of newsletter subscribers: no data set has 'subscription'.";

    private NewsletterOrder()
    {
    }

    /// <summary>It can be carried out.</summary>
    public sealed record Good(NewsletterName Newsletter, NewsletterContent Content) : NewsletterOrder;

    /// <summary>It cannot: the answer says why.</summary>
    public sealed record Bad(IResult Answer) : NewsletterOrder;

    /// <summary>Reads an order; never throws for what a stranger sends.</summary>
    public static async Task<NewsletterOrder> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            if (!request.HasJsonContentType()) return Refuse(request, 415, null, "Please send JSON (application/json).");
            if (await Submission.BodyAsync(request, cancellation) is not { } body)
                return Refuse(request, 413, null, $"An order takes at most {Submission.MostBytes / 1024} KB.");
            return Check(request, JsonSerializer.Deserialize<Body>(body, JsonSerializerOptions.Web) ?? new(null, null, null));
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or IOException)
        {
            return Refuse(request, 400, null, "Please send an object with newsletter, subject and an array of paragraphs.");
        }
    }

    private static NewsletterOrder Check(HttpRequest request, Body body)
    {
        if (!NewsletterName.TryParse(body.Newsletter, out var name))
            return Refuse(request, 422, "newsletter", NewsletterName.Rule);
        if (!MessageText.IsSubject(body.Subject)) return Refuse(request, 422, "subject", MessageText.SubjectRule);
        if (body.Paragraphs is not { Count: > 0 } paragraphs
            || paragraphs.Any(string.IsNullOrWhiteSpace)
            || !MessageText.IsText(string.Concat(paragraphs)))
            return Refuse(request, 422, "paragraphs", $"Each has words. {MessageText.TextRule}");
        var content = new NewsletterContent(body.Subject!.Trim(), [.. paragraphs.Select(words => words!.Trim())]);
        return content.Write().Length <= NewsletterContent.LongestWritten
            ? new Good(name, content)
            : Refuse(request, 422, "paragraphs", "The words hold too many characters that need room of their own, such as quotes.");
    }

    private static Bad Refuse(HttpRequest request, int status, string? field, string words) =>
        new(Replies.Refused(request, status, new("The newsletter cannot be taken", words), field));

    private sealed record Body(string? Newsletter, string? Subject, IReadOnlyList<string?>? Paragraphs);
}

/// <summary>What a mail's words keep to.</summary>
internal static class MessageText
{
    public const string SubjectRule = "A subject has 1 to 200 characters in one line.";
    public const string TextRule = "All words together have 1 to 30000 characters."; // a table's column holds 32000

    public static bool IsSubject(string? text) =>
        text?.Trim() is { Length: >= 1 and <= 200 } subject && !subject.Any(char.IsControl);

    public static bool IsText(string? text) => text?.Trim() is { Length: >= 1 and <= 30_000 };
}
