using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace PrivacyFunctions.Web;

/// <summary>
/// Answers in the form that was asked for: a page for a person, JSON for a program, problem details (RFC 9457) for what is
/// refused. Both say the same.
/// </summary>
internal static class Replies
{
    /// <summary>Whether the caller speaks JSON: it uses the API, sends JSON, or accepts it and no page.</summary>
    public static bool WantsJson(this HttpRequest request)
    {
        if (request.Path.StartsWithSegments("/api") || request.HasJsonContentType()) return true;
        var accept = request.Headers.Accept.ToString();
        return accept.Contains("json", StringComparison.OrdinalIgnoreCase)
            && !accept.Contains("html", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>It worked.</summary>
    public static IResult Done(HttpRequest request, int status, Notice notice, object json) =>
        request.WantsJson() ? Results.Json(json, statusCode: status) : Page(notice, status);

    /// <summary>It is refused, with what to do instead.</summary>
    /// <param name="request">What is answered.</param>
    /// <param name="status">400 to 599.</param>
    /// <param name="notice">Why, and what to do.</param>
    /// <param name="field">Which field is wrong, if one is.</param>
    public static IResult Refused(HttpRequest request, int status, Notice notice, string? field = null)
    {
        if (!request.WantsJson()) return Page(notice, status);
        var detail = string.Join(' ', notice.Words);
        return Json(status, notice.Title, detail, field is null ? [] : [new(field, detail)]);
    }

    /// <summary>What was sent is wrong in these fields; for a program, whose answer names them.</summary>
    public static IResult Refused(HttpRequest request, int status, string title, IReadOnlyList<Mistake> mistakes) =>
        request.WantsJson()
            ? Json(status, title, string.Join(' ', mistakes.Select(mistake => mistake.Words)), mistakes)
            : Page(new(title, [.. mistakes.Select(mistake => mistake.Words)]), status);

    private static IResult Json(int status, string title, string detail, IReadOnlyList<Mistake> mistakes) => Results.Problem(
        detail, statusCode: status, title: title,
        extensions: mistakes.Count == 0
            ? null
            : new Dictionary<string, object?>
            {
                ["errors"] = mistakes.ToDictionary(mistake => mistake.Field, mistake => new[] { mistake.Words }),
            });

    private static RazorComponentResult<NoticePage> Page(Notice notice, int status) =>
        new(new Dictionary<string, object?>
        {
            [nameof(NoticePage.Content)] = notice,
            [nameof(NoticePage.IsProblem)] = status >= StatusCodes.Status400BadRequest,
        })
        { StatusCode = status };
}
