using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PrivacyFunctions.LocalHost.Sample.Pages;

namespace PrivacyFunctions.LocalHost.Sample;

/// <summary>
/// The sample company's own pages, as far as they are needed here: people sign in, and go on to the forms of the privacy centre. The token goes there
/// in the body of a form, never in an address.
/// </summary>
internal static class CompanyPages
{
    /// <summary>Where they are on the desk.</summary>
    public const string Path = "/company";

    private static readonly (string Right, string Words)[] Rights =
    [
        ("access", "Get a copy of my data"), ("portability", "Take my data elsewhere"), ("rectification", "Correct my data"),
        ("erasure", "Have my data erased"), ("restriction", "Restrict the use of my data"), ("use", "Object to a use of my data"),
    ];

    private static readonly IReadOnlyList<SamplePerson> People =
        [.. SamplePeople.All.Where(person => person.Part is SamplePart.AccountUser or SamplePart.Visitor).Take(8)];

    private static IReadOnlyList<(string Id, string Words)> Choices => [.. People.Select(person => (person.Id, $"{person.Name} ({person.Address})"))];

    /// <param name="endpoints">The desk's.</param>
    /// <param name="signIn">Issues the tokens.</param>
    /// <param name="site">The privacy centre's address, without a trailing slash.</param>
    public static void MapCompany(this IEndpointRouteBuilder endpoints, SampleSignIn signIn, string site)
    {
        var pages = endpoints.MapGroup(Path).AddEndpointFilter(async (context, next) =>
        {
            var headers = context.HttpContext.Response.Headers;
            headers.ContentSecurityPolicy =
                $"default-src 'none'; style-src 'unsafe-inline'; form-action 'self' {site}; frame-ancestors 'none'; base-uri 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = "no-store";
            headers["Referrer-Policy"] = "same-origin"; // with no-referrer a browser hides from the desk that its form is its own
            return await next(context);
        });
        pages.MapGet("", () => new RazorComponentResult<SignInPage>(new { People = Choices }));
        pages.MapPost("", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            return People.FirstOrDefault(each => each.Id == form["person"]) is { } person
                ? (IResult)new RazorComponentResult<SignedInPage>(new { Person = person.Name, Forms = FormsOf(person) })
                : Results.Redirect(Path);
        });

        IReadOnlyList<(string Words, string Action, string Token)> FormsOf(SamplePerson person) =>
            [.. Rights.Select(right => (right.Words, $"{site}/sign-in/{right.Right}", signIn.Issue(person)))];
    }
}
