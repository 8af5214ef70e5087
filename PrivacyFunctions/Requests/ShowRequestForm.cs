using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Requests.SignIns;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>Shows the forms by which a person asks for something: one for each registered kind of request.</summary>
internal sealed class ShowRequestForm(RequestKinds kinds)
{
    /// <summary>Where the forms are, and where they are sent to.</summary>
    public const string Route = "requests/{right}";

    [Function(nameof(ShowRequestForm))]
    [ForEverybody]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request, string right) =>
        kinds.TryFind(right, out var kind)
            ? Form(request, kind, Guid.NewGuid().ToString("N"), Submission.Fields.None, [], StatusCodes.Status200OK)
            : NoSuchForm(request);

    /// <summary>The answer where no form is.</summary>
    public static IResult NoSuchForm(HttpRequest request) =>
        Replies.Refused(request, StatusCodes.Status404NotFound, PageText.Of<RequestText>().NoForm.Write("/"));

    /// <summary>The form; with what was entered and what is wrong with it.</summary>
    /// <param name="request">What is answered.</param>
    /// <param name="kind">Which request it is for.</param>
    /// <param name="submission">The key by which a repeated submission is known.</param>
    /// <param name="fields">What was entered.</param>
    /// <param name="mistakes">What to correct.</param>
    /// <param name="status">200, or 400 with mistakes.</param>
    /// <param name="signIn">Who is signed in at the company, if somebody is.</param>
    public static IResult Form(
        HttpRequest request, RequestKind kind, string submission, Submission.Fields fields, IReadOnlyList<Mistake> mistakes, int status,
        SignIn? signIn = null) =>
        new RazorComponentResult<RequestForm>(new Dictionary<string, object?>
        {
            [nameof(RequestForm.Content)] = kind,
            [nameof(RequestForm.Submission)] = submission,
            [nameof(RequestForm.Email)] = signIn?.Address.Value ?? fields["email"],
            [nameof(RequestForm.SignIn)] = kind.AsksForProof ? fields[SignInDesk.Field] : "",
            [nameof(RequestForm.IsSignedIn)] = kind.AsksForProof && signIn is not null,
            [nameof(RequestForm.Agent)] = fields["agent"],
            [nameof(RequestForm.Residence)] = fields["residence"],
            [nameof(RequestForm.Ground)] = fields["ground"],
            [nameof(RequestForm.Text)] = fields["text"],
            [nameof(RequestForm.About)] = fields["about"],
            [nameof(RequestForm.HasSignal)] = kind.TellsOfSignal && request.HasGpcSignal(),
            [nameof(RequestForm.Mistakes)] = mistakes,
        })
        { StatusCode = status };
}
