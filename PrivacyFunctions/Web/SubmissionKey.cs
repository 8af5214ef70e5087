using Microsoft.AspNetCore.Http;

namespace PrivacyFunctions.Web;

/// <summary>The key by which a repeated submission is known.</summary>
internal static class SubmissionKey
{
    /// <summary>The form carries one; a program may send one. Without any, each submission is one of its own.</summary>
    public static string Of(HttpRequest request, Submission.Fields fields) => Of(request, fields["submission"]);

    /// <summary>The same with what the form carries.</summary>
    public static string Of(HttpRequest request, string field) =>
        Given(request, field) is { Length: > 0 } given ? given : Guid.NewGuid().ToString("N");

    /// <summary>The one that was sent; empty if none was.</summary>
    public static string Given(HttpRequest request, string field) => field.Length > 0 ? field : request.Headers["Idempotency-Key"].ToString();
}
