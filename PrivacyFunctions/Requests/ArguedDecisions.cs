using System.Globalization;
using Microsoft.AspNetCore.Http;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests;

/// <summary>
/// How operators decide what people asked for in their own words: once they have read all of it, and with an explanation for the person,
/// which is kept sealed.
/// </summary>
internal sealed class ArguedDecisions(CaseStore cases, Statements statements, ViewLog views, LegalTime time)
{
    private static readonly TextLimits Limits = new(1, 4000);

    /// <summary>The explanation for the person, as it is kept.</summary>
    public static string Explanation(DecisionForm form)
    {
        var words = CardNumbers.Mask(FreeText.Read(form["explanation"]));
        if (Limits.Of(words) is not TextFit.Fits)
            form.Refuse("explanation", $"Explain the outcome to the person, in {Limits.Least} to {Limits.Most} characters.");
        return words;
    }

    /// <summary>How the view of so many statements is logged.</summary>
    public static string ViewOf(int statements) => string.Create(CultureInfo.InvariantCulture, $"statements: {statements}");

    /// <summary>Whether somebody has read all that a request is about.</summary>
    public Task<bool> IsReadAsync<TRequest>(TRequest found, string by, CancellationToken cancellation)
        where TRequest : SubjectRequest, IArguedRequest => views.HasSeenAsync(found.Id, by, ViewOf(found.Statements), cancellation);

    /// <summary>Decides. The words come first, so that a decision that stands has some; those of another are taken back.</summary>
    /// <param name="found">The case as it was read.</param>
    /// <param name="words">The explanation.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="decide">The decision, with the name of the explanation.</param>
    /// <param name="cancellation">Stops before it is decided.</param>
    public async Task<TRequest> DecideAsync<TRequest>(
        TRequest found, string words, string by, Func<TRequest, string, Decision> decide, CancellationToken cancellation)
        where TRequest : SubjectRequest, IArguedRequest
    {
        var name = await statements.ExplainAsync(found.Id, words, await time.NowAsync(cancellation), cancellation);
        var decided = await cases.ExecuteAsync<TRequest>(
            found.Id, $"decide-{name}", by, state => decide(state, name), [Intent.Wake], CancellationToken.None);
        if (decided.Explanation != name) await statements.ForgetExplanationAsync(found.Id, name, CancellationToken.None);
        return decided;
    }

    /// <summary>The explanation of a decision, a paragraph each.</summary>
    public async Task<IReadOnlyList<string>> ExplanationAsync(CaseId id, string name, CancellationToken cancellation) =>
        FreeText.Paragraphs(await statements.ExplanationAsync(id, name, cancellation));

    /// <summary>
    /// Deletes what a crash left of explanations of no decision. Only where the decision is the only one, and final: the words of another
    /// one are kept before it is taken.
    /// </summary>
    public Task ForgetOthersAsync(CaseId id, string name, CancellationToken cancellation) =>
        statements.ForgetOtherExplanationsAsync(id, name, cancellation);

    /// <summary>The answer to who has not read all of it.</summary>
    public static IResult Unread(HttpRequest request, CaseId id) => Replies.Refused(request, StatusCodes.Status409Conflict, new(
        "You have not read all of it", $"Read what the person wrote first, which may be more by now: GET /api/operator/cases/{id}/statement."));
}
