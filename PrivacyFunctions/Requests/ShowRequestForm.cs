using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Requests;

/// <summary>Shows the forms by which a person asks for something.</summary>
internal static class ShowRequestForm
{
    [Function(nameof(ShowAccessForm))]
    [ForEverybody]
    public static IResult ShowAccessForm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "requests/access")] HttpRequest request) =>
        Empty(CaseKind.Access);

    [Function(nameof(ShowErasureForm))]
    [ForEverybody]
    public static IResult ShowErasureForm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "requests/erasure")] HttpRequest request) =>
        Empty(CaseKind.Erasure);

    /// <summary>The form; with what was entered and what is wrong with it.</summary>
    /// <param name="kind">Which request it is for.</param>
    /// <param name="submission">The key by which a repeated submission is known.</param>
    /// <param name="email">What was entered.</param>
    /// <param name="problem">What to correct.</param>
    /// <param name="status">200, or 400 with a problem.</param>
    public static IResult Form(CaseKind kind, string submission, string? email, string? problem, int status) =>
        new RazorComponentResult<RequestForm>(new Dictionary<string, object?>
        {
            [nameof(RequestForm.Content)] = RequestWords.Of(kind),
            [nameof(RequestForm.Submission)] = submission,
            [nameof(RequestForm.Email)] = email,
            [nameof(RequestForm.Problem)] = problem,
        })
        { StatusCode = status };

    private static IResult Empty(CaseKind kind) => Form(kind, Guid.NewGuid().ToString("N"), null, null, StatusCodes.Status200OK);
}
