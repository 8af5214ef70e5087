using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Callers;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.LegalHolds;

/// <summary>
/// Shows an operator which holds are in force: all, by the day of their review and without personal data; or those that count for a person, whose address
/// comes in the body and is kept nowhere, or for an account. Who looks for somebody's is logged (C-ACCESS).
/// </summary>
internal sealed class ShowHolds(HoldList list, PersonHolds persons, DataMapRegister map, ILogger<ShowHolds> log)
{
    private const string CannotBeMade = "This list cannot be made";

    [Function(nameof(ListHolds))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo | CallerRole.Auditor)]
    [Filters("reviewBefore", "Only those whose review comes before this day.")]
    [Answers<HoldsShown>]
    public async Task<IResult> ListHolds(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/holds")] HttpRequest request, CancellationToken cancellation)
    {
        if (request.Query.Keys.FirstOrDefault(name => name != "reviewBefore") is { } unknown)
            return Replies.Refused(request, StatusCodes.Status400BadRequest, CannotBeMade, [new(unknown, "There is no such filter. There is reviewBefore.")]);
        var asked = request.Query["reviewBefore"].ToString();
        if (!DateOnly.TryParseExact(asked.Length == 0 ? "9999-12-31" : asked, HoldRow.Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var before))
            return Replies.Refused(
                request, StatusCodes.Status400BadRequest, CannotBeMade, [new("reviewBefore", "Give 'reviewBefore' as a date like 2026-03-02.")]);

        return Results.Json(await list.ByReviewAsync(before, cancellation), RecordJson.Options);
    }

    [Function(nameof(SearchHolds))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    [Takes("account", "The number of the account, or else email.", IsOptional = true)]
    [Takes("email", "The address of the person, or else account.", IsOptional = true)]
    [Answers<HoldsShown>]
    public async Task<IResult> SearchHolds(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/holds/search")] HttpRequest request, CancellationToken cancellation)
    {
        var form = await DecisionForm.ReadAsync(request, "The search is not complete", cancellation);
        var (address, account) = (default(EmailAddress), default(AccountId));
        if (form["account"].Length > 0 == form["email"].Length > 0) form.Refuse("account", "Name an account, or a person's email; one of the two.");
        else if (form["account"].Length > 0 && !map.TryReadAccount(form["account"], out account)) form.Refuse("account", "This is no number of an account.");
        else if (form["email"].Length > 0 && !EmailAddress.TryParse(form["email"], out address)) form.Refuse("email", "This is no e-mail address.");
        if (form.Refusal is { } refusal) return refusal;
        var found = form["account"].Length > 0
            ? await list.OfAsync(account, cancellation)
            : await list.OfAsync(await persons.WhoAsync(address, cancellation), cancellation);
        log.LogInformation("{Operator} searched for the holds on a person or an account, and found {Holds}", request.Caller().Id, found.Holds.Count);
        return Results.Json(found, RecordJson.Options);
    }
}
