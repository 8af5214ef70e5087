using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.SignIns;

/// <summary>
/// Shows the form of a request to somebody whom the company's own pages send here signed in, with the token in the body that is posted. It changes
/// nothing and looks nothing up. A token that cannot be used brings the ordinary form, which says so.
/// </summary>
internal sealed class ShowSignedInForm(RequestKinds kinds, SignInDesk desk)
{
    [Function(nameof(ShowSignedInForm))]
    [ForEverybody]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "sign-in/{right}")] HttpRequest request, string right, CancellationToken cancellation)
    {
        if (!kinds.TryFind(right, out var kind)) return ShowRequestForm.NoSuchForm(request);
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;

        // Nothing but the token is taken from the other page: what is asked for, the person enters here.
        var token = new Submission.Fields(new Dictionary<string, string> { [SignInDesk.Field] = ((Submission.Fields)submission)[SignInDesk.Field] });
        return ShowRequestForm.Form(
            request, kind, Guid.NewGuid().ToString("N"), token, [], StatusCodes.Status200OK, await desk.ShowAsync(token));
    }
}
