using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;

namespace PrivacyFunctions.Requests.Access;

/// <summary>Shows the form by which a person asks for a copy of their data.</summary>
internal static class ShowAccessForm
{
    [Function(nameof(ShowAccessForm))]
    public static IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "requests/access")] HttpRequest request) =>
        Form(Guid.NewGuid().ToString("N"), null, null, StatusCodes.Status200OK);

    /// <summary>The form; with what was entered and what is wrong with it.</summary>
    /// <param name="submission">The key by which a repeated submission is known.</param>
    /// <param name="email">What was entered.</param>
    /// <param name="problem">What to correct.</param>
    /// <param name="status">200, or 400 with a problem.</param>
    public static IResult Form(string submission, string? email, string? problem, int status) =>
        new RazorComponentResult<AccessForm>(new Dictionary<string, object?>
        {
            [nameof(AccessForm.Submission)] = submission,
            [nameof(AccessForm.Email)] = email,
            [nameof(AccessForm.Problem)] = problem,
        })
        { StatusCode = status };
}
