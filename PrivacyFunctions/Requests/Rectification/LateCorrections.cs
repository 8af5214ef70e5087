using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Links;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Rectification;

/// <summary>
/// What is sent from the page for corrections when its hour is over. Nothing that was typed is lost, and nothing of it is stored: it goes back to the
/// browser with a field for a fresh code, which is mailed, and counts once that code is right.
/// </summary>
internal sealed class LateCorrections(MailedCodes codes, SiteLinks links, TimeProvider time)
{
    /// <summary>The name of the button that has one more code sent.</summary>
    public const string Again = "again";

    /// <summary>The page that asks for the code; null once it was right.</summary>
    public async Task<IResult?> AskAsync(CaseId id, string token, Submission.Fields fields, CancellationToken cancellation)
    {
        if (!fields.Values.ContainsKey(MailedCodes.Field) || fields[Again].Length > 0)
            return Page(token, fields, await codes.SendAsync(id, cancellation), problem: null);
        var (verdict, problem) = await codes.TryAsync(id, fields, cancellation);
        return verdict is CodeVerdict.Right ? null : Page(token, fields, CodeSending.Sent, problem);
    }

    /// <summary>What opens the page for another hour, once the code was right.</summary>
    public string FreshToken(CaseId id) => links.Corrections(id, time.GetUtcNow() + OpenDownload.GrantLifetime).Segments[^1];

    private static RazorComponentResult<LateCorrectionsForm> Page(string token, Submission.Fields fields, CodeSending sending, string? problem) =>
        new(new Dictionary<string, object?>
        {
            [nameof(LateCorrectionsForm.Token)] = token, [nameof(LateCorrectionsForm.Typed)] = fields, [nameof(LateCorrectionsForm.Sending)] = sending,
            [nameof(LateCorrectionsForm.Submission)] = Guid.NewGuid().ToString("N"), [nameof(LateCorrectionsForm.Problem)] = problem,
        })
        { StatusCode = StatusCodes.Status410Gone };
}
