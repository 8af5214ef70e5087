using Microsoft.AspNetCore.Http;

namespace PrivacyFunctions.Web;

/// <summary>The key by which a repeated submission is known.</summary>
internal static class SubmissionKey
{
    /// <summary>The form carries one; a program may send one. Without any, each submission is one of its own.</summary>
    public static string Of(HttpRequest request, Submission.Fields fields) => Of(request, fields["submission"]);

    /// <summary>The same with what the form carries.</summary>
    public static string Of(HttpRequest request, string field)
    {
        var given = field.Length > 0 ? field : request.Headers["Idempotency-Key"].ToString();
        return given.Length > 0 ? given : Guid.NewGuid().ToString("N");
    }
}
