using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Has two operators agree on the end of an account that the company decides, where the policy wants it: the second enters the same within a week.
/// The Data Protection Officer is told that somebody has to.
/// </summary>
internal sealed class EndAgreement(
    ProposedEnds proposed, AccountOwners owners, AccountClaims claims, OfficerMails officer, LegalTime time, IOptions<PolicyOptions> policy)
{
    /// <summary>Looks whether a decision that has no case yet may have one.</summary>
    /// <param name="request">Who enters it.</param>
    /// <param name="id">The case that it would be.</param>
    /// <param name="account">The account.</param>
    /// <param name="ownerMayUndo">Whether its owner is to be able to undo the end.</param>
    /// <param name="cancellation">Stops before anything is entered.</param>
    /// <returns>With whom the operator agreed, if somebody has to; or what they are answered, because it does not go on.</returns>
    public async Task<(string? First, IResult? Answer)> OnAsync(
        HttpRequest request, CaseId id, AccountId account, bool ownerMayUndo, CancellationToken cancellation)
    {
        if (!policy.Value.SecondPerson) return (null, null);
        if (await owners.FindAsync(account, cancellation) is { } found && await claims.IsTakenAsync(account, found, cancellation))
            return (null, Replies.Refused(request, StatusCodes.Status409Conflict, new(
                "The account is already ending", "Another case ends it. If its owner undoes that, enter the decision again.")));

        var by = request.Caller().Id;
        var waiting = await proposed.EnterAsync(account, ownerMayUndo, by, id, await time.NowAsync(cancellation), cancellation);
        if (waiting.By == by) return (null, await WaitsAsync(request, waiting));
        if (waiting.OwnerMayUndo != ownerMayUndo)
            return (null, Replies.Refused(
                request, StatusCodes.Status409Conflict, new(
                    "Somebody else has entered another decision",
                    $"{waiting.By} has entered it with ownerMayUndo \"{(waiting.OwnerMayUndo ? "yes" : "no")}\". If you agree with that, enter the same. If nobody does within a week, that decision lapses."),
                "ownerMayUndo"));
        return await proposed.TryUseAsync(waiting, id, CancellationToken.None)
            ? (waiting.By, null)
            : (null, Replies.Refused(request, StatusCodes.Status409Conflict, new(
                "The decision has changed at this moment", "Somebody else entered or changed it just now. Please enter yours once more.")));
    }

    /// <summary>Tells that somebody has to agree; once. It is noted under no id that could be a case's, with which a note would stay.</summary>
    public Task TellAsync(ProposedEnd waiting, CancellationToken cancellation) => officer.TellOnceAsync(
        $"end-{waiting.Id}", "end-needs-second", new EndNeedsSecond(waiting.Account, waiting.OwnerMayUndo, waiting.Until), cancellation);

    // What was entered stands if this mail does not go out: the nightly look tries it once more.
    private async Task<IResult> WaitsAsync(HttpRequest request, ProposedEnd waiting)
    {
        try
        {
            await TellAsync(waiting, CancellationToken.None);
        }
        catch (Exception failure) when (MailFailures.IsOfTheProvider(failure))
        {
            return Replies.Refused(request, StatusCodes.Status503ServiceUnavailable, new(
                "The Data Protection Officer could not be told yet", "What you decided is noted, and we try to tell them again tonight. Please tell a colleague that they have to agree."));
        }

        return Results.Json(
            new Proposed("A second operator has to enter the same decision. Until then nothing happens.", waiting.Until), RecordJson.Options,
            statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>That a second person has to agree.</summary>
    internal sealed record Proposed([property: JsonPropertyName("waits")] string Waits, [property: JsonPropertyName("agreeUntil")] DateTimeOffset AgreeUntil);
}
